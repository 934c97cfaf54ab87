// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.web;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.carnet.node.tls.ServerIdentity;

import java.net.InetAddress;

/// Makes a connector speak TLS 1.3 and nothing older.
final class SecureConnector {
    private SecureConnector() {}

    static Connector open(InetAddress address, int port, ServerIdentity identity) {
        var connector = new Connector();
        connector.setPort(port);
        var protocol = (AbstractHttp11Protocol<?>) connector.getProtocolHandler();
        protocol.setAddress(address);
        protocol.setExecutor(new VirtualThreadExecutor("https-"));
        secure(connector, identity);
        return connector;
    }

    static void secure(Connector connector, ServerIdentity identity) {
        var host = new SSLHostConfig();
        host.setProtocols("TLSv1.3");
        var certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystore(identity.keyStore());
        certificate.setCertificateKeystorePassword("");
        host.addCertificate(certificate);
        connector.setScheme("https");
        connector.setSecure(true);
        ((AbstractHttp11Protocol<?>) connector.getProtocolHandler()).setSSLEnabled(true);
        connector.addSslHostConfig(host);
    }
}
