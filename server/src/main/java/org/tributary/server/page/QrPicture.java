package org.tributary.server.page;

import io.nayuki.qrcodegen.QrCode;

/**
 * A text as a QR code, to be drawn as SVG: the only class that knows the library.
 *
 * @param size of the picture's side in modules, the quiet border included
 * @param path of the dark modules
 */
public record QrPicture(int size, String path) {

  /** The quiet zone that ISO/IEC 18004 asks for, in modules. */
  private static final int BORDER = 4;

  /**
   * The picture of a text.
   *
   * @throws IllegalArgumentException if it is too long for one, some 2,300 characters
   */
  public static QrPicture of(String text) {
    QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < code.size; y++) {
      for (int x = 0; x < code.size; x++) {
        if (code.getModule(x, y)) {
          path.append('M').append(x + BORDER).append(',').append(y + BORDER).append("h1v1h-1z");
        }
      }
    }
    return new QrPicture(code.size + 2 * BORDER, path.toString());
  }
}
