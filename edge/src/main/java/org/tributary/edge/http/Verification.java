package org.tributary.edge.http;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The usual verification, and after it what the usual one leaves out: that a certificate which is
 * believed by itself has not expired, and that its key is a pinned one. Thread-safe.
 */
final class Verification extends X509ExtendedTrustManager {

  private final X509ExtendedTrustManager usual;
  private final List<Pin> pins;

  Verification(X509ExtendedTrustManager usual, List<Pin> pins) {
    this.usual = usual;
    this.pins = pins;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    usual.checkServerTrusted(chain, authType);
    checkFurther(chain[0]);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    usual.checkServerTrusted(chain, authType, socket);
    checkFurther(chain[0]);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    usual.checkServerTrusted(chain, authType, engine);
    checkFurther(chain[0]);
  }

  private void checkFurther(X509Certificate own) throws CertificateException {
    own.checkValidity();
    Pin shown = Pin.of(own.getPublicKey());
    if (!pins.isEmpty() && !pins.contains(shown)) {
      throw new PinChangedException(shown);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    usual.checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    usual.checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    usual.checkClientTrusted(chain, authType, engine);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return usual.getAcceptedIssuers();
  }
}
