// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.tls;

import org.carnet.node.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.TreeSet;

/// Gives the listeners the node's certificate, made or read when the first of them asks.
@Configuration(proxyBeanMethods = false)
public class TlsConfiguration {
    @Bean
    @Lazy
    ServerIdentity serverIdentity(Settings settings, InstantSource clock) throws IOException {
        var tls = settings.tls();
        if (tls.certificate().isPresent()) {
            return ServerIdentity.read(tls.certificate().get(), tls.key().orElseThrow());
        }
        var names = new TreeSet<String>();
        names.add("localhost");
        var addresses = new TreeSet<String>();
        addresses.add("127.0.0.1");
        addresses.add("::1");
        var own = settings.http().address();
        if (!own.isAnyLocalAddress()) addresses.add(own.getHostAddress());
        else names.add(InetAddress.getLocalHost().getHostName());
        var now = clock.instant();
        return DevelopmentAuthority.open(tls.authority(), now).issue(names, addresses, now);
    }
}
