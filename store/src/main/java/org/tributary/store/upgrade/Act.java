package org.tributary.store.upgrade;

import java.util.List;

/**
 * Statements that are run in one transaction, where the engine has one for them.
 *
 * @param due what is done for good once they are committed and must not be done again; empty where
 *     the tables themselves tell
 */
record Act(List<String> statements, String due) {
  Act {
    statements = List.copyOf(statements);
  }
}
