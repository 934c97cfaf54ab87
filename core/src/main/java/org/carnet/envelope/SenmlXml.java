// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import org.carnet.Bytes;
import org.carnet.identity.DidKey;
import org.carnet.jose.Json;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// SenML in XML (RFC 8428 section 7), without document types and so without entities from anywhere.
final class SenmlXml {
    private static final String NAMESPACE = "urn:ietf:params:xml:ns:senml";
    private static final XMLInputFactory FACTORY = factory();

    private SenmlXml() {}

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    static void parse(byte[] payload, RecordReader records) throws Malformed {
        var xml = Json.utf8(Bytes.unsafe(payload));
        if (xml == null) throw Malformed.senml("the payload is not UTF-8");
        try {
            var in = FACTORY.createXMLStreamReader(new StringReader(xml));
            document(in, records);
            in.close();
        } catch (XMLStreamException e) {
            throw Malformed.senml("the payload is not well-formed XML");
        }
    }

    private static void document(XMLStreamReader in, RecordReader records)
            throws XMLStreamException, Malformed {
        var encoding = in.getCharacterEncodingScheme();
        if (encoding != null && !encoding.equalsIgnoreCase("UTF-8"))
            throw Malformed.senml("the XML says that it is not UTF-8");
        int depth = 0;
        while (in.hasNext()) {
            switch (in.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    element(in, depth++);
                    if (depth == 2) record(in, records);
                }
                case XMLStreamConstants.END_ELEMENT -> depth--;
                case XMLStreamConstants.CHARACTERS -> {
                    if (!in.isWhiteSpace()) throw Malformed.senml("text stands between elements");
                }
                case XMLStreamConstants.SPACE,
                        XMLStreamConstants.COMMENT,
                        XMLStreamConstants.END_DOCUMENT -> {}
                default ->
                        throw Malformed.senml(
                                "document types, entities and processing instructions are not"
                                        + " taken");
            }
        }
    }

    private static void element(XMLStreamReader in, int depth) throws Malformed {
        var expected = depth == 0 ? "sensml" : "senml";
        if (depth > 1
                || !in.getLocalName().equals(expected)
                || !NAMESPACE.equals(in.getNamespaceURI()))
            throw Malformed.senml("the XML is not a sensml element that holds senml elements");
    }

    private static void record(XMLStreamReader in, RecordReader records) throws Malformed {
        for (int i = 0; i < in.getAttributeCount(); i++) {
            var name = in.getAttributeLocalName(i);
            var text = in.getAttributeValue(i);
            var namespace = in.getAttributeNamespace(i);
            var label = namespace == null || namespace.isEmpty() ? Label.of(name) : null;
            if (label == null) {
                records.unknownField(in.getAttributeName(i).toString());
                continue;
            }
            records.field(label);
            switch (label.kind) {
                case NUMBER -> records.number(label, number(label, text));
                case TEXT -> records.text(label, text);
                case FLAG -> records.flag(flag(text));
                case DATA -> records.data(SenmlJson.data(text));
            }
        }
        records.endRecord();
    }

    /// An xsd:double that is finite, without the blanks, suffixes and hexadecimal forms that Java would take as well.
    private static double number(Label label, String text) throws Malformed {
        boolean clean = !text.isEmpty();
        for (int i = 0; i < text.length(); i++)
            clean &= "0123456789+-.eE".indexOf(text.charAt(i)) >= 0;
        try {
            if (clean) return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            // said below, as for what has other characters
        }
        throw Malformed.senml(label.text + " is not a decimal number");
    }

    private static boolean flag(String text) throws Malformed {
        return switch (text) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw Malformed.senml("vb is not an xsd:boolean");
        };
    }

    static byte[] write(DidKey thing, List<Reading> readings) {
        var baseTime = Senml.baseTime(readings);
        var xml = new StringBuilder(96 + 64 * readings.size());
        xml.append("<sensml xmlns=\"").append(NAMESPACE).append("\">");
        for (int i = 0; i < readings.size(); i++) {
            var reading = readings.get(i);
            xml.append("<senml");
            if (i == 0) {
                attribute(xml, Label.BASE_NAME, thing + "/");
                attribute(xml, Label.BASE_TIME, Seconds.text(baseTime));
            }
            attribute(xml, Label.NAME, reading.property());
            if (!reading.unit().isEmpty()) attribute(xml, Label.UNIT, reading.unit());
            if (!reading.time().equals(baseTime))
                attribute(xml, Label.TIME, Seconds.between(baseTime, reading.time()));
            switch (reading.value()) {
                case Value.Quantity(var number) ->
                        attribute(xml, Label.VALUE, SenmlJson.number(number));
                case Value.Sum(var number) -> attribute(xml, Label.SUM, SenmlJson.number(number));
                case Value.Text(var text) -> attribute(xml, Label.TEXT_VALUE, text);
                case Value.Flag(var flag) ->
                        attribute(xml, Label.FLAG_VALUE, Boolean.toString(flag));
                case Value.Data(var data) -> attribute(xml, Label.DATA_VALUE, data.toBase64Url());
            }
            xml.append("/>");
        }
        return xml.append("</sensml>").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void attribute(StringBuilder xml, Label label, String text) {
        xml.append(' ').append(label.text).append("=\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> xml.append("&amp;");
                case '<' -> xml.append("&lt;");
                case '"' -> xml.append("&quot;");
                case '\t', '\n', '\r' -> xml.append("&#").append((int) c).append(';');
                default -> {
                    if (c < ' ' || c >= '\uFFFE')
                        throw new IllegalArgumentException(
                                "XML has no way to write a control character");
                    xml.append(c);
                }
            }
        }
        xml.append('"');
    }
}
