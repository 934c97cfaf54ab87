// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// The few packets of MQTT 5 (OASIS, chapter 3) that a publisher needs, as bytes.
final class MqttWire {
    static final int CONNACK = 2;
    static final int PUBACK = 4;
    static final int DISCONNECT = 14;

    private static final int CONNECT_TYPE = 0x10;
    private static final int PUBLISH_AT_LEAST_ONCE = 0x32;
    private static final int CLEAN_START = 0x02;
    private static final int USER_AND_PASSWORD = 0xC0;
    private static final int VERSION = 5;
    private static final int MAX_LENGTH = 1 << 20;

    private MqttWire() {}

    /// A packet that came in: its type and what follows the fixed header.
    record Packet(int type, ByteBuffer body) {}

    /// @param user empty for nobody in particular
    static byte[] connect(String client, String user, String password) {
        var named = !user.isEmpty();
        var body = new ByteArrayOutputStream();
        text(body, "MQTT");
        body.write(VERSION);
        body.write(CLEAN_START | (named ? USER_AND_PASSWORD : 0));
        number(body, 0); // no keep-alive: TCP tells
        body.write(0); // no properties
        text(body, client);
        if (named) {
            text(body, user);
            text(body, password);
        }
        return packet(CONNECT_TYPE, body);
    }

    static byte[] publish(String topic, int id, byte[] payload) {
        var body = new ByteArrayOutputStream(payload.length + 16);
        text(body, topic);
        number(body, id);
        body.write(0); // no properties
        body.writeBytes(payload);
        return packet(PUBLISH_AT_LEAST_ONCE, body);
    }

    static byte[] disconnect() {
        return packet(DISCONNECT << 4, new ByteArrayOutputStream());
    }

    static Packet read(DataInputStream in) throws IOException {
        int type = in.readUnsignedByte() >> 4;
        int length = 0;
        int shift = 0;
        int digit;
        do {
            digit = in.readUnsignedByte();
            length |= (digit & 0x7F) << shift;
            shift += 7;
        } while ((digit & 0x80) != 0 && shift < 28);
        if (length > MAX_LENGTH) throw new IOException("an MQTT packet of " + length + " bytes");
        var body = new byte[length];
        in.readFully(body);
        return new Packet(type, ByteBuffer.wrap(body));
    }

    /// The properties that a node sends: reason string and user properties by their names, receive maximum.
    static Map<String, String> properties(ByteBuffer body) throws IOException {
        var properties = new HashMap<String, String>();
        if (!body.hasRemaining()) return properties;
        int end = variable(body);
        end += body.position();
        while (body.position() < end) {
            switch (body.get()) {
                case 0x1F -> properties.put("reason", text(body));
                case 0x26 -> properties.put(text(body), text(body));
                case 0x21 -> properties.put("window", "" + Short.toUnsignedInt(body.getShort()));
                case 0x11, 0x27 -> body.getInt(); // session expiry, maximum packet size
                case 0x13, 0x22 -> body.getShort(); // keep-alive, topic alias maximum
                case 0x24, 0x25, 0x28, 0x29, 0x2A -> body.get(); // what the server can do
                case 0x12 -> text(body); // the client identifier it assigned
                default -> throw new IOException("an MQTT property that no node sends");
            }
        }
        return properties;
    }

    private static byte[] packet(int type, ByteArrayOutputStream body) {
        var packet = new ByteArrayOutputStream(body.size() + 5);
        packet.write(type);
        int rest = body.size();
        do {
            packet.write(rest > 0x7F ? (rest & 0x7F) | 0x80 : rest);
            rest >>= 7;
        } while (rest > 0);
        packet.writeBytes(body.toByteArray());
        return packet.toByteArray();
    }

    private static int variable(ByteBuffer body) {
        int value = 0;
        int shift = 0;
        byte digit;
        do {
            digit = body.get();
            value |= (digit & 0x7F) << shift;
            shift += 7;
        } while (digit < 0 && shift < 28);
        return value;
    }

    private static void number(ByteArrayOutputStream out, int value) {
        out.write(value >> 8);
        out.write(value);
    }

    private static void text(ByteArrayOutputStream out, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        number(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static String text(ByteBuffer body) {
        var bytes = new byte[Short.toUnsignedInt(body.getShort())];
        body.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
