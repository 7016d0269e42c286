package io.eddy.connectors;

/** What the values of the topics of scores, forecasts, events and rejects are. */
public enum OutputFormat {
    /** Plain Avro by Eddy's own schemas. */
    EDDY_AVRO,
    /** The same behind the id that a schema registry gave the schema. */
    REGISTRY_AVRO,
    JSON
}
