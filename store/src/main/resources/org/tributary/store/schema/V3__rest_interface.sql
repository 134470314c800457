-- What existing Cogent-house databases have beside the tables that gateways push: the REST
-- interface reads and writes them.

CREATE TABLE ${q}Server${q} (
  ${q}id${q} ${autoId},
  ${q}hostname${q} ${name},
  ${q}baseid${q} INTEGER,
  ${q}rpc${q} INTEGER,
  FOREIGN KEY (${q}baseid${q}) REFERENCES ${q}Node${q} (${q}id${q})
) ${table};

ALTER TABLE ${q}House${q} ADD COLUMN ${q}serverid${q} INTEGER REFERENCES ${q}Server${q} (${q}id${q});

CREATE TABLE ${q}Pushstatus${q} (
  ${q}id${q} ${autoId},
  ${q}time${q} ${time},
  ${q}localtime${q} ${time},
  ${q}hostname${q} ${name},
  ${q}version${q} ${name}
) ${table};

CREATE TABLE ${q}Occupier${q} (
  ${q}id${q} ${autoId},
  ${q}houseId${q} INTEGER,
  ${q}name${q} ${name},
  ${q}contactNumber${q} ${name},
  ${q}startDate${q} ${time},
  ${q}endDate${q} ${time},
  FOREIGN KEY (${q}houseId${q}) REFERENCES ${q}House${q} (${q}id${q})
) ${table};

CREATE TABLE ${q}Event${q} (
  ${q}id${q} ${autoId},
  ${q}houseId${q} INTEGER,
  ${q}name${q} ${name},
  ${q}description${q} ${name},
  ${q}time${q} ${time},
  FOREIGN KEY (${q}houseId${q}) REFERENCES ${q}House${q} (${q}id${q})
) ${table};

CREATE TABLE ${q}NodeBoot${q} (
  ${q}time${q} ${time} NOT NULL,
  ${q}nodeId${q} INTEGER NOT NULL,
  ${q}clustered${q} ${boolean},
  ${q}version${q} ${name},
  PRIMARY KEY (${q}time${q}, ${q}nodeId${q}),
  FOREIGN KEY (${q}nodeId${q}) REFERENCES ${q}Node${q} (${q}id${q})
) ${series};

-- Reports ask for one node's readings; without it each would read the whole table.
CREATE INDEX reading_node ON ${q}Reading${q} (${q}nodeId${q}, ${q}time${q});
