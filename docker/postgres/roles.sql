-- Who may do what, where the tables belong to somebody other than the store job. Run by the owner after tables.sql:
--   psql -v writer=eddy_store -v reader=grafana -f roles.sql
-- Both roles must exist. The store job then runs as the writer with store.create_tables: false.

GRANT SELECT, INSERT, UPDATE ON scores, series, forecasts, events, weights TO :"writer";
GRANT SELECT ON eddy_partitions TO :"writer";
GRANT EXECUTE ON FUNCTION eddy_partition(text, timestamptz, integer), eddy_retain(interval) TO :"writer";
GRANT SELECT ON scores, series, forecasts, events, weights TO :"reader";
