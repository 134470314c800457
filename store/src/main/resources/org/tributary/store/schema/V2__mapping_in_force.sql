-- A match that is in doubt stays in the journal, but nothing is filed under it until it is settled.
ALTER TABLE tributary_mapping ADD COLUMN in_force ${boolean} DEFAULT TRUE NOT NULL;
