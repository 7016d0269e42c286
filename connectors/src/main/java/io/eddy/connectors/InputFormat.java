package io.eddy.connectors;

/** What the values of the topics of readings are. */
public enum InputFormat {
    /** Plain Avro by Eddy's own schema of a Reading. */
    EDDY_AVRO,
    /** Any Avro, its schema named by an id of a schema registry. */
    REGISTRY_AVRO,
    JSON,
    CSV
}
