-- What gateways and outside programs sign in with. Of each secret only a hash is kept.
CREATE TABLE tributary_key (
  key_id VARCHAR(16) NOT NULL PRIMARY KEY,
  secret_hash VARCHAR(64) NOT NULL,
  -- GATEWAY, or what the holder of a token may do
  role VARCHAR(16) NOT NULL,
  -- a gateway's name, or the name that a token was given
  holder ${name} NOT NULL,
  created ${time} NOT NULL,
  created_by ${name} NOT NULL,
  expires ${time},
  first_used ${time},
  -- to the hour
  last_used ${time},
  revoked ${time},
  revoked_why ${name}
) ${table};

CREATE INDEX tributary_key_holder ON tributary_key (holder);

-- Codes that make a gateway known, once.
CREATE TABLE tributary_enrolment (
  code_hash VARCHAR(64) NOT NULL PRIMARY KEY,
  gateway ${name} NOT NULL,
  created ${time} NOT NULL,
  created_by ${name} NOT NULL,
  expires ${time} NOT NULL,
  redeemed ${time},
  -- the key that it was redeemed for: its gateway may have missed the answer and ask again
  key_id VARCHAR(16),
  withdrawn ${time}
) ${table};

-- People who sign in.
CREATE TABLE tributary_person (
  id ${autoId},
  name ${name} NOT NULL UNIQUE,
  password_hash VARCHAR(255) NOT NULL,
  role VARCHAR(16) NOT NULL,
  created ${time} NOT NULL,
  created_by ${name} NOT NULL
) ${table};

CREATE TABLE tributary_session (
  session_hash VARCHAR(64) NOT NULL PRIMARY KEY,
  person_id INTEGER NOT NULL,
  begun ${time} NOT NULL,
  expires ${time} NOT NULL,
  FOREIGN KEY (person_id) REFERENCES tributary_person (id) ON DELETE CASCADE
) ${table};

-- Who changed, granted, revoked, exported and decided. Each entry seals the one before it.
CREATE TABLE tributary_audit (
  id ${autoId},
  written ${time} NOT NULL,
  actor ${name} NOT NULL,
  act VARCHAR(32) NOT NULL,
  subject ${name} NOT NULL,
  detail ${text} NOT NULL,
  seal VARCHAR(64) NOT NULL
) ${table};

-- Where the next entry goes on: whoever writes one has this row until its commit.
CREATE TABLE tributary_audit_end (
  id INTEGER NOT NULL PRIMARY KEY,
  entries BIGINT NOT NULL,
  seal VARCHAR(64) NOT NULL
) ${table};

INSERT INTO tributary_audit_end (id, entries, seal) VALUES (1, 0, '');
