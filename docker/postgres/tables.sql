-- Eddy's tables: what the output topics say, for dashboards and for people. Safe to run again.
--
-- The store job runs this file when store.create_tables is true. To run it by hand as the owner, and let the store job
-- write as a user of its own, see roles.sql beside it. No statement here needs a superuser.

SELECT pg_advisory_xact_lock(hashtext('eddy tables'));

-- Makes a table that is partitioned by time: by Postgres itself, or by TimescaleDB where the extension is installed.
CREATE OR REPLACE FUNCTION eddy_create(name text, time_column text, columns text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF to_regclass(quote_ident(name)) IS NOT NULL THEN
    RETURN;
  END IF;
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb') THEN
    EXECUTE format('CREATE TABLE %I (%s)', name, columns);
    PERFORM create_hypertable(quote_ident(name)::regclass, time_column::name, create_default_indexes => false);
  ELSE
    EXECUTE format('CREATE TABLE %I (%s) PARTITION BY RANGE (%I)', name, columns, time_column);
  END IF;
  -- Rows come nearly in order of time: a few bytes per page find a span of it.
  EXECUTE format('CREATE INDEX ON %I USING brin (%I)', name, time_column);
END $$;

-- One row per series, target and step. A late or bad reading has a row of its own (unscored) beside that of its step.
SELECT eddy_create('scores', 'event_time', $$
  model_id          text NOT NULL,
  series            text NOT NULL,
  target            text NOT NULL,
  event_time        timestamptz NOT NULL,
  unscored          boolean NOT NULL,          -- status is LATE or BAD_INPUT: the answer to one reading, not to a step
  processing_time   timestamptz NOT NULL,
  y                 double precision,          -- null: missing
  yhat              double precision,          -- null: nothing was expected
  yhat_lower        double precision,
  yhat_upper        double precision,
  anomaly_score     double precision NOT NULL, -- 1 is the edge
  anomaly_score_raw double precision NOT NULL, -- before any suppression rule
  p_value           double precision NOT NULL,
  direction         smallint NOT NULL,         -- -1 below the expected, 1 above, 0 as expected
  is_anomaly        boolean NOT NULL,
  status            text NOT NULL,
  status_reason     text,
  imputed           boolean NOT NULL,
  n_samples_seen    bigint NOT NULL,
  model_version     bigint NOT NULL,
  memory_version    bigint NOT NULL,
  suppressed_by     text,
  event_id          text,
  attribution       text,
  correction_of     timestamptz,
  anomaly_probability double precision,        -- null: the weights have no classifier, or the step no value
  PRIMARY KEY (series, target, model_id, event_time, unscored)
$$);

-- A table of an earlier build. Asked first: to add a column takes a lock that a dashboard's long query would hold up.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_attribute
                 WHERE attrelid = to_regclass('scores') AND attname = 'anomaly_probability' AND NOT attisdropped) THEN
    ALTER TABLE scores ADD COLUMN IF NOT EXISTS anomaly_probability double precision;
  END IF;
END $$;

-- The newest score of each series, and its labels.
CREATE TABLE IF NOT EXISTS series (
  model_id       text NOT NULL,
  series         text NOT NULL,
  target         text NOT NULL,
  labels         jsonb NOT NULL,
  event_time     timestamptz NOT NULL,
  status         text NOT NULL,
  anomaly_score  double precision NOT NULL,
  y              double precision,
  yhat           double precision,
  n_samples_seen bigint NOT NULL,
  model_version  bigint NOT NULL,
  PRIMARY KEY (series, target, model_id)
) WITH (fillfactor = 70); -- each row is updated over and over: room to do so within its page

-- One row per series, target and step; the arrays hold horizon steps 1, 2, … in order.
SELECT eddy_create('forecasts', 'issued_at', $$
  model_id              text NOT NULL,
  series                text NOT NULL,
  target                text NOT NULL,
  issued_at             timestamptz NOT NULL,        -- start of the newest step that the forecast has seen
  step_seconds          double precision NOT NULL,   -- yhat[h] is for issued_at + h * step_seconds
  model_version         bigint NOT NULL,
  yhat                  double precision[] NOT NULL, -- median
  yhat_lower            double precision[] NOT NULL, -- 95 % interval
  yhat_upper            double precision[] NOT NULL,
  threshold_eta_seconds double precision,
  threshold_probability double precision,
  mae                   double precision,            -- of this series' one-step forecasts of late
  skill                 double precision,            -- 1 - error / error of the seasonal-naive forecast
  coverage_80           double precision,            -- share of actuals within the 80 % interval
  coverage_95           double precision,
  PRIMARY KEY (series, target, model_id, issued_at)
$$);

-- One row per event, as its newest change left it.
SELECT eddy_create('events', 'start_time', $$
  event_id   text NOT NULL,
  series     text NOT NULL,
  target     text NOT NULL,
  state      text NOT NULL,             -- open, update, close
  kind       text NOT NULL,
  start_time timestamptz NOT NULL,      -- first anomalous point
  peak_time  timestamptz NOT NULL,
  end_time   timestamptz,               -- last anomalous point; null until the event is closed
  peak_score double precision NOT NULL,
  points     integer NOT NULL,
  direction  smallint NOT NULL,
  PRIMARY KEY (series, event_id, start_time)
$$);

-- One row per round of training that was written to the topic weights; the weights themselves stay there.
CREATE TABLE IF NOT EXISTS weights (
  model_id       text NOT NULL,
  version        bigint NOT NULL,
  created_at     timestamptz NOT NULL,
  parent_version bigint NOT NULL,
  status         text NOT NULL,
  architecture   text NOT NULL,
  metrics        jsonb NOT NULL,
  data_from      timestamptz NOT NULL,
  data_to        timestamptz NOT NULL,
  trainer        text NOT NULL,
  tensor_bytes   integer NOT NULL,
  PRIMARY KEY (model_id, version, created_at)
);

-- Partitions that there are, and the time each holds: from_time up to but not including to_time.
CREATE OR REPLACE VIEW eddy_partitions AS
SELECT parent, partition,
       (regexp_match(bound, 'FROM \(''([^'']+)''\)'))[1]::timestamptz AS from_time,
       (regexp_match(bound, 'TO \(''([^'']+)''\)'))[1]::timestamptz AS to_time
FROM (SELECT p.relname::text AS parent, c.relname::text AS partition, pg_get_expr(c.relpartbound, c.oid) AS bound
      FROM pg_inherits i
      JOIN pg_class p ON p.oid = i.inhparent
      JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent IN (to_regclass('scores'), to_regclass('forecasts'), to_regclass('events'))
        AND c.relispartition) found;

-- Makes the partition that holds a point in time, if it is not there. Where one of another width is in the way, it ends there.
-- What is older than a year when it comes is held by the year at least: a device whose clock is anywhere makes a few partitions, not one for each day.
-- Attached, not created in place, so that a dashboard's long query holds nobody up.
CREATE OR REPLACE FUNCTION eddy_partition(name text, at_time timestamptz, days integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET timezone = 'UTC' AS $$
DECLARE
  epoch CONSTANT timestamptz := '1970-01-01';
  year CONSTANT interval := '366 days';
  width CONSTANT interval := greatest(make_interval(days => days), CASE WHEN at_time < now() - year THEN year END);
  lower timestamptz;
  upper timestamptz;
  child text;
BEGIN
  IF name NOT IN ('scores', 'forecasts', 'events') OR days < 1 THEN
    RAISE 'eddy_partition: expected scores, forecasts or events and at least 1 day, found % and %', name, days;
  END IF;
  IF (SELECT relkind FROM pg_class WHERE oid = to_regclass(name)) IS DISTINCT FROM 'p' THEN
    RETURN; -- TimescaleDB makes its own
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('eddy partition ' || name));
  IF EXISTS (SELECT FROM eddy_partitions WHERE parent = name AND from_time <= at_time AND at_time < to_time) THEN
    RETURN;
  END IF;
  lower := date_bin(width, at_time, epoch);
  upper := lower + width;
  SELECT greatest(lower, max(to_time) FILTER (WHERE to_time <= at_time)),
         least(upper, min(from_time) FILTER (WHERE from_time > at_time))
    INTO lower, upper FROM eddy_partitions WHERE parent = name;
  child := name || to_char(lower, '_YYYYMMDD') || to_char(upper, '_YYYYMMDD');
  EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', child, name);
  EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, child, lower, upper);
END $$;

-- Drops what is older than the interval, whole partitions only, and series that have been silent for so long.
CREATE OR REPLACE FUNCTION eddy_retain(keep interval) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET timezone = 'UTC' SET lock_timeout = '5s' AS $$
DECLARE
  name text;
BEGIN
  FOR name IN SELECT partition FROM eddy_partitions WHERE to_time <= now() - keep LOOP
    EXECUTE format('DROP TABLE IF EXISTS %I', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['scores', 'forecasts', 'events'] LOOP
    IF (SELECT relkind FROM pg_class WHERE oid = to_regclass(name)) = 'r' THEN
      PERFORM drop_chunks(name::regclass, now() - keep);
    END IF;
  END LOOP;
  DELETE FROM series WHERE event_time < now() - keep;
END $$;

REVOKE ALL ON FUNCTION eddy_create(text, text, text) FROM PUBLIC;
REVOKE ALL ON FUNCTION eddy_partition(text, timestamptz, integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION eddy_retain(interval) FROM PUBLIC;
