-- PostgreSQL checks a foreign key row by row, and that took two thirds of the time of storing a
-- reading, though a batch refers to few nodes, types and locations. For the two series the same
-- promise is kept by statement instead: what a statement wrote refers to rows that are there, and
-- they stay until its transaction ends (the lock is the one that a foreign key takes); and no row
-- goes that readings or node states refer to. Violations have the same SQLSTATE, 23503.
-- As foreign keys do, this relies on READ COMMITTED, the default, seeing what was just committed.

-- Its arguments are pairs: a column of what was written, and the table that it refers to.
CREATE FUNCTION tributary_check_references() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  missing INTEGER;
BEGIN
  FOR i IN 0 .. TG_NARGS - 1 BY 2 LOOP
    EXECUTE format(
      'WITH named AS (SELECT DISTINCT %1$I AS id FROM written WHERE %1$I IS NOT NULL),
            kept AS MATERIALIZED (
              SELECT parent.id
              FROM %2$I AS parent
              WHERE parent.id IN (SELECT id FROM named)
              FOR KEY SHARE OF parent)
       SELECT min(id) FROM named WHERE id NOT IN (SELECT id FROM kept)',
      TG_ARGV[i], TG_ARGV[i + 1])
    INTO missing;
    IF missing IS NOT NULL THEN
      RAISE EXCEPTION '% of % is %, and there is no % with that id',
        TG_ARGV[i], TG_TABLE_NAME, missing, TG_ARGV[i + 1]
        USING ERRCODE = 'foreign_key_violation';
    END IF;
  END LOOP;
  RETURN NULL;
END
$$;

-- Its arguments are pairs: a table that may refer to the row that goes, and the column by which.
CREATE FUNCTION tributary_keep_referenced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  in_use BOOLEAN;
BEGIN
  FOR i IN 0 .. TG_NARGS - 1 BY 2 LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE %I = $1)', TG_ARGV[i], TG_ARGV[i + 1])
    INTO in_use
    USING OLD.id;
    IF in_use THEN
      RAISE EXCEPTION '% % is still in use by %', TG_TABLE_NAME, OLD.id, TG_ARGV[i]
        USING ERRCODE = 'foreign_key_violation';
    END IF;
  END LOOP;
  RETURN NULL;
END
$$;

CREATE TRIGGER tributary_inserted AFTER INSERT ON "Reading"
  REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION tributary_check_references(
    'nodeId', 'Node', 'type', 'SensorType', 'locationId', 'Location');
CREATE TRIGGER tributary_updated AFTER UPDATE ON "Reading"
  REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION tributary_check_references(
    'nodeId', 'Node', 'type', 'SensorType', 'locationId', 'Location');

CREATE TRIGGER tributary_inserted AFTER INSERT ON "NodeState"
  REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION tributary_check_references('nodeId', 'Node');
CREATE TRIGGER tributary_updated AFTER UPDATE ON "NodeState"
  REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION tributary_check_references('nodeId', 'Node');

CREATE TRIGGER tributary_deleted AFTER DELETE ON "Node"
  FOR EACH ROW EXECUTE FUNCTION tributary_keep_referenced(
    'Reading', 'nodeId', 'NodeState', 'nodeId');
CREATE TRIGGER tributary_renumbered AFTER UPDATE OF "id" ON "Node"
  FOR EACH ROW WHEN (OLD."id" <> NEW."id") EXECUTE FUNCTION tributary_keep_referenced(
    'Reading', 'nodeId', 'NodeState', 'nodeId');

CREATE TRIGGER tributary_deleted AFTER DELETE ON "SensorType"
  FOR EACH ROW EXECUTE FUNCTION tributary_keep_referenced('Reading', 'type');
CREATE TRIGGER tributary_renumbered AFTER UPDATE OF "id" ON "SensorType"
  FOR EACH ROW WHEN (OLD."id" <> NEW."id") EXECUTE FUNCTION tributary_keep_referenced(
    'Reading', 'type');

CREATE TRIGGER tributary_deleted AFTER DELETE ON "Location"
  FOR EACH ROW EXECUTE FUNCTION tributary_keep_referenced('Reading', 'locationId');
CREATE TRIGGER tributary_renumbered AFTER UPDATE OF "id" ON "Location"
  FOR EACH ROW WHEN (OLD."id" <> NEW."id") EXECUTE FUNCTION tributary_keep_referenced(
    'Reading', 'locationId');

ALTER TABLE "Reading"
  DROP CONSTRAINT "Reading_nodeId_fkey",
  DROP CONSTRAINT "Reading_type_fkey",
  DROP CONSTRAINT "Reading_locationId_fkey";
ALTER TABLE "NodeState" DROP CONSTRAINT "NodeState_nodeId_fkey";
