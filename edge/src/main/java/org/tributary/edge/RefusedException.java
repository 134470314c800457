package org.tributary.edge;

/** Central understood and said no; the same again will be refused again. */
public class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  RefusedException(String message) {
    super(message);
  }
}
