// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.Bytes;
import org.carnet.client.report.Report;
import org.carnet.client.report.ReportHead;
import org.carnet.client.report.ReportLine;
import org.carnet.envelope.Reading;
import org.carnet.envelope.SignedPack;
import org.carnet.envelope.Value;
import org.carnet.envelope.VerifiedPack;
import org.carnet.identity.VerificationKey;
import org.carnet.log.Checkpoint;
import org.carnet.log.Pseudonym;
import org.carnet.log.Record;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A report as a page for people: one file, without scripts and without anything from elsewhere.
///
/// It contains the signed report, and the same report always makes the same page: so a page can be checked to say what its
/// report says, letter by letter. Each line of the report stands on one line of the page.
final class ReportPage {
    static final String START = "<!doctype html>\n<!-- carnet report -->\n";
    private static final Pattern JWS =
            Pattern.compile("<script type=\"application/jose\">([A-Za-z0-9_.-]+)</script>");
    private static final Pattern ROW = Pattern.compile("<tr id=\"line-(\\d+)\">");

    private static final int MOST_SHOWN = 160;

    private ReportPage() {}

    /// The report in a page.
    static String jws(String page) {
        var found = JWS.matcher(page);
        return found.find() ? found.group(1) : "";
    }

    /// Where a page is not the one that its report makes.
    static Optional<String> difference(String page, String made) {
        if (page.equals(made)) return Optional.empty();
        var told = page.split("\n", -1);
        var right = made.split("\n", -1);
        int at = 0;
        while (at < told.length && at < right.length && told[at].equals(right[at])) at++;
        var row = ROW.matcher(at < right.length ? right[at] : "");
        var place = row.lookingAt() ? "line " + row.group(1) : "line " + (at + 1) + " of the page";
        return Optional.of(place + ": the page does not say what the report in it says");
    }

    static String of(String jws, Report report) {
        var head = report.head();
        var title = "Report on " + about(head);
        var page = new StringBuilder(START);
        page.append("<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width\">\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\"")
                .append(" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
                .append("<title>" + escaped(title) + "</title>\n")
                .append("<style>\n" + style() + "</style>\n</head>\n<body>\n<main>\n")
                .append("<h1>" + escaped(title) + "</h1>\n");
        facts(page, head, report.lines().size());
        page.append("<table>\n<thead><tr><th>Record</th><th>What</th><th>Who, about what</th>")
                .append("<th>Data</th><th>Fingerprints, signature</th></tr></thead>\n<tbody>\n");
        for (int i = 0; i < report.lines().size(); i++) row(page, i + 1, report.lines().get(i));
        page.append("</tbody>\n</table>\n");
        if (report.lines().isEmpty()) page.append("<p>Nothing happened in this time.</p>\n");
        page.append("</main>\n<script type=\"application/jose\">" + jws + "</script>\n");
        return page.append("</body>\n</html>\n").toString();
    }

    private static String about(ReportHead head) {
        return head.thing().or(head::subject).orElse("all that was recorded");
    }

    private static void facts(StringBuilder page, ReportHead head, int lines) {
        var checkpoint = Checkpoint.parse(head.checkpoint().text());
        var signers =
                head.checkpoint().signatures().stream()
                        .map(signature -> signature.name())
                        .distinct()
                        .collect(Collectors.joining(", "));
        page.append("<dl>\n");
        fact(page, "Time", head.from() + " to " + head.until());
        head.subject().ifPresent(subject -> fact(page, "Subject", subject));
        fact(page, "Signed by", head.node().value());
        fact(page, "Made", head.made().toString());
        fact(
                page,
                "Lines",
                "%d, from records %d to %d of the log%s"
                        .formatted(
                                lines,
                                head.first(),
                                head.next(),
                                head.complete() ? "" : "; a further report goes on"));
        if (head.unreadable() > 0) {
            fact(
                    page,
                    "Forgotten",
                    head.unreadable()
                            + " records of this time cannot be read any more: their keys were"
                            + " destroyed");
        }
        fact(page, "Log", checkpoint.origin());
        fact(
                page,
                "Checkpoint",
                checkpoint.size()
                        + " records, root "
                        + checkpoint.root()
                        + ", signed by "
                        + signers);
        fact(page, "To check", "carnet report verify, with this file; nobody needs to be asked");
        page.append("</dl>\n");
    }

    private static void fact(StringBuilder page, String name, String value) {
        page.append("<div><dt>" + name + "</dt><dd>" + escaped(value) + "</dd></div>\n");
    }

    private static void row(StringBuilder page, int number, ReportLine line) {
        var record = Record.parse(line.leaf());
        var json = line.json();
        page.append("<tr id=\"line-" + number + "\">")
                .append("<td><b>" + line.index() + "</b> <time>" + record.time() + "</time></td>")
                .append("<td>" + name(record.kind()) + assured(record) + "</td>")
                .append("<td>" + party(json.path("actor"), record.actor()))
                .append(party(json.path("about"), record.about()) + "</td>")
                .append("<td>" + data(line, record) + "</td>")
                .append("<td><dl>");
        term(page, "sealed", json.path("fingerprints").path("sealed").asString(""));
        term(page, "plain", json.path("fingerprints").path("plain").asString("erased"));
        var signature = json.path("signature");
        if (signature.isObject()) {
            term(page, "signed by", signature.path("signer").asString(""));
            term(
                    page,
                    "signature",
                    "%s, %s, number %d, %s"
                            .formatted(
                                    signature.path("algorithm").asString(""),
                                    signature.path("form").asString(""),
                                    signature.path("sequence").asLong(0),
                                    signature.path("verified").asBoolean(false)
                                            ? "verified"
                                            : "NOT VALID"));
        }
        page.append("</dl></td></tr>\n");
    }

    private static void term(StringBuilder page, String name, String value) {
        page.append("<dt>" + name + "</dt><dd>" + escaped(value) + "</dd>");
    }

    private static String assured(Record record) {
        return switch (record.assurance()) {
            case NONE -> "";
            case THING -> " <small>vouched for by the thing</small>";
            case GATEWAY -> " <small>vouched for by a gateway</small>";
        };
    }

    private static String party(JsonNode party, Pseudonym pseudonym) {
        if (pseudonym.equals(Pseudonym.NOBODY)) return "";
        return party.has("name")
                ? "<p>" + escaped(party.path("name").asString("")) + "</p>"
                : "<p class=\"pseudonym\">" + pseudonym + "</p>";
    }

    private static String data(ReportLine line, Record record) {
        if (line.json().has("erased")) return "<em>erased: its key was destroyed</em>";
        if (line.details().isEmpty()) return "<em>not told</em>";
        var details = line.details().get();
        if (record.kind() != Record.Kind.RECEIVED) return members(details.toUtf8());
        if (SignedPack.decode(details) instanceof SignedPack pack
                && pack.verify(VerificationKey.of(pack.signer()))
                        instanceof VerifiedPack verified) {
            return readings(verified.readings());
        }
        return "<em>an update that does not verify</em>";
    }

    /// What details say, member by member; what is long is cut, since the report itself has all of it.
    private static String members(String details) {
        JsonNode json;
        try {
            json = JsonMapper.shared().readTree(details);
        } catch (JacksonException other) {
            return "<p>" + escaped(shortened(details)) + "</p>";
        }
        return json.properties().stream()
                .map(
                        member -> {
                            var value = member.getValue();
                            var text = value.isString() ? value.stringValue() : value.toString();
                            return "<p><span>%s</span> %s</p>"
                                    .formatted(escaped(member.getKey()), escaped(shortened(text)));
                        })
                .collect(Collectors.joining());
    }

    private static String shortened(String text) {
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + " …";
    }

    private static String readings(List<Reading> readings) {
        return readings.stream()
                .map(
                        reading ->
                                "<p><span>%s</span> %s</p>"
                                        .formatted(
                                                escaped(reading.property()),
                                                escaped(value(reading))))
                .collect(Collectors.joining());
    }

    private static String value(Reading reading) {
        return switch (reading.value()) {
            case Value.Quantity(double number) -> number + " " + reading.unit();
            case Value.Sum(double number) -> number + " " + reading.unit() + " in sum";
            case Value.Text(String text) -> text;
            case Value.Flag(boolean flag) -> flag ? "yes" : "no";
            case Value.Data(Bytes bytes) -> bytes.toHex();
        };
    }

    private static String name(Record.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replaceAll("\\p{Cntrl}", " ");
    }

    private static String style() {
        var name = "report.css";
        try (var resource = ReportPage.class.getResourceAsStream(name)) {
            var bytes = Objects.requireNonNull(resource, name).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException impossible) {
            throw new IllegalStateException(name, impossible);
        }
    }
}
