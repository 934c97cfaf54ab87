// SPDX-License-Identifier: Apache-2.0
package org.carnet.node;

import org.carnet.node.access.AccessConfiguration;
import org.carnet.node.access.BootstrapToken;
import org.carnet.node.anchor.AnchorConfiguration;
import org.carnet.node.avatars.AvatarsConfiguration;
import org.carnet.node.backup.BackupConfiguration;
import org.carnet.node.console.ConsoleConfiguration;
import org.carnet.node.credentials.CredentialsConfiguration;
import org.carnet.node.database.Database;
import org.carnet.node.documents.DocumentsConfiguration;
import org.carnet.node.entities.EntitiesConfiguration;
import org.carnet.node.forgetting.ForgettingConfiguration;
import org.carnet.node.health.HealthConfiguration;
import org.carnet.node.hosting.HostingConfiguration;
import org.carnet.node.identities.IdentitiesConfiguration;
import org.carnet.node.mirror.MirrorConfiguration;
import org.carnet.node.oidc.OidcConfiguration;
import org.carnet.node.people.PeopleConfiguration;
import org.carnet.node.platforms.PlatformsConfiguration;
import org.carnet.node.problems.ProblemConfiguration;
import org.carnet.node.record.RecordConfiguration;
import org.carnet.node.relying.RelyingConfiguration;
import org.carnet.node.report.ReportConfiguration;
import org.carnet.node.settings.Ports;
import org.carnet.node.settings.Settings;
import org.carnet.node.signals.SignalsConfiguration;
import org.carnet.node.storage.StorageConfiguration;
import org.carnet.node.things.ThingsConfiguration;
import org.carnet.node.tls.TlsConfiguration;
import org.carnet.node.web.WebConfiguration;
import org.carnet.node.witness.WitnessConfiguration;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

import javax.sql.DataSource;

/// What a node is made of: one configuration class for each agent or duty, listed here and found nowhere else.
final class NodeApplication {
    private static final List<Class<?>> DUTIES =
            List.of(
                    WebConfiguration.class,
                    AccessConfiguration.class,
                    PeopleConfiguration.class,
                    OidcConfiguration.class,
                    RelyingConfiguration.class,
                    ProblemConfiguration.class,
                    TlsConfiguration.class,
                    HealthConfiguration.class,
                    DocumentsConfiguration.class,
                    StorageConfiguration.class,
                    AvatarsConfiguration.class,
                    ThingsConfiguration.class,
                    EntitiesConfiguration.class,
                    RecordConfiguration.class,
                    BackupConfiguration.class,
                    HostingConfiguration.class,
                    WitnessConfiguration.class,
                    MirrorConfiguration.class,
                    ConsoleConfiguration.class,
                    CredentialsConfiguration.class,
                    PlatformsConfiguration.class,
                    IdentitiesConfiguration.class,
                    AnchorConfiguration.class,
                    ForgettingConfiguration.class,
                    ReportConfiguration.class,
                    SignalsConfiguration.class,
                    NodeConfiguration.class);

    private static final int STOP_MILLISECONDS = 5_000;

    private NodeApplication() {}

    /// Puts the parts together and opens the listeners; what prevents it is told as it is, without the frame around it.
    static AnnotationConfigServletWebServerApplicationContext start(
            Settings settings, BootstrapToken token, Database database) throws IOException {
        var context = new AnnotationConfigServletWebServerApplicationContext();
        bean(context, Settings.class, () -> settings);
        bean(context, BootstrapToken.class, () -> token);
        bean(context, Ports.class, Ports::new);
        bean(context, InstantSource.class, InstantSource::system);
        bean(context, DataSource.class, database::dataSource);
        bean(context, JdbcClient.class, () -> JdbcClient.create(database.dataSource()));
        context.registerBean(
                "lifecycleProcessor", DefaultLifecycleProcessor.class, NodeApplication::patience);
        DUTIES.forEach(context::register);
        try {
            context.refresh();
            return context;
        } catch (RuntimeException e) {
            context.close();
            throw new IOException(reason(e), e);
        }
    }

    private static String reason(Throwable failure) {
        if (failure instanceof PortInUseException taken) {
            return "port " + taken.getPort() + " is taken by another program";
        }
        var cause = failure.getCause();
        if (cause != null) return reason(cause);
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    private static <T> void bean(
            AnnotationConfigServletWebServerApplicationContext context,
            Class<T> type,
            Supplier<T> value) {
        context.registerBean(type, value, definition -> definition.setDestroyMethodName(""));
    }

    private static DefaultLifecycleProcessor patience() {
        var processor = new DefaultLifecycleProcessor();
        processor.setTimeoutPerShutdownPhase(STOP_MILLISECONDS);
        return processor;
    }
}
