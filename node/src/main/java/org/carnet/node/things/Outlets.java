// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.node.points.Erasure;
import org.carnet.node.points.Forgets;
import org.carnet.node.settings.Ports;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

import java.util.List;

/// What the things agent runs beside the web server: the MQTT listener and the forwarders.
///
/// They start after the agents' memory is back, and stop before it is kept.
final class Outlets implements SmartLifecycle, Forgets {
    private final @Nullable MqttListener mqtt;
    private final Ports ports;
    private final List<Forwarder> forwarders;
    private boolean running;

    Outlets(@Nullable MqttListener mqtt, Ports ports, List<Forwarder> forwarders) {
        this.mqtt = mqtt;
        this.ports = ports;
        this.forwarders = List.copyOf(forwarders);
    }

    @Override
    public void start() {
        if (mqtt != null) ports.opened("mqtt", mqtt.listen());
        forwarders.forEach(Forwarder::start);
        running = true;
    }

    @Override
    public String place() {
        return "updates on their way to other platforms";
    }

    @Override
    public Stage stage() {
        return Stage.SNAPSHOTS;
    }

    @Override
    public Outcome forget(Erasure erasure) {
        return forget(List.of(erasure));
    }

    @Override
    public Outcome forget(List<Erasure> erasures) {
        forwarders.forEach(Forwarder::forget);
        return new Reached("all were let go of; what is left is read from the record again");
    }

    @Override
    public void stop() {
        forwarders.forEach(Forwarder::close);
        if (mqtt != null) mqtt.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE - 4096;
    }
}
