// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/// Draws how many takeovers are noticed against how many unchanged wearers are suspected, as SVG.
final class TakeoverPlot {
    private static final int LEFT = 70;
    private static final int TOP = 30;
    private static final int SIZE = 360;

    private TakeoverPlot() {}

    static String svg(JsonNode report) {
        var lines = new ArrayList<String>();
        lines.add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 620 460\""
                        + " font-family=\"sans-serif\" font-size=\"13\">");
        lines.add("<rect width=\"620\" height=\"460\" fill=\"#ffffff\"/>");
        for (int tenth = 0; tenth <= 10; tenth += 2) {
            double part = tenth / 10.0;
            lines.add(line(x(part), y(0), x(part), y(1), "#dddddd"));
            lines.add(line(x(0), y(part), x(1), y(part), "#dddddd"));
            lines.add(text(x(part), y(0) + 20, "middle", tenth * 10 + " %"));
            lines.add(text(x(0) - 8, y(part) + 4, "end", tenth * 10 + " %"));
        }
        lines.add(text(x(0.5), y(0) + 45, "middle", "unchanged wearers who are suspected"));
        lines.add(text(x(0), TOP - 12, "start", "takeovers that are noticed within a minute"));
        curve(lines, report.path("tuned"), "#9a6700", "5 owners it was tuned on", 0);
        curve(lines, report.path("unseen"), "#0550ae", "5 other owners", 1);
        lines.add("</svg>\n");
        return String.join("\n", lines);
    }

    private static void curve(
            List<String> lines, JsonNode group, String colour, String name, int number) {
        var points = new ArrayList<String>();
        points.add(x(1) + "," + y(1));
        for (var point : group.path("roc")) {
            points.add(
                    x(point.path("falseAlarmRate").asDouble())
                            + ","
                            + y(point.path("detectionRate").asDouble()));
        }
        points.add(x(0) + "," + y(0));
        lines.add(
                "<polyline fill=\"none\" stroke-width=\"2\" stroke=\"%s\" points=\"%s\"/>"
                        .formatted(colour, String.join(" ", points)));
        mark(lines, group.path("stepUp"), colour, "step-up");
        int top = TOP + 250 + 30 * number;
        lines.add(line(LEFT + 180, top, LEFT + 210, top, colour));
        lines.add(text(LEFT + 218, top + 4, "start", name));
    }

    private static void mark(List<String> lines, JsonNode at, String colour, String name) {
        double x = x(at.path("falseAlarmRate").asDouble());
        double y = y(at.path("detectionRate").asDouble());
        lines.add("<circle cx=\"%s\" cy=\"%s\" r=\"5\" fill=\"%s\"/>".formatted(x, y, colour));
        lines.add(text(x + 10, y + 16, "start", name));
    }

    private static String line(double x, double y, double toX, double toY, String colour) {
        return "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\"/>"
                .formatted(x, y, toX, toY, colour);
    }

    private static String text(double x, double y, String anchor, String words) {
        return "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>"
                .formatted(x, y, anchor, words);
    }

    private static double x(double part) {
        return LEFT + Math.round(part * SIZE * 10) / 10.0;
    }

    private static double y(double part) {
        return TOP + SIZE - Math.round(part * SIZE * 10) / 10.0;
    }
}
