// SPDX-License-Identifier: Apache-2.0
package org.carnet.exchange;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an HTTP message signature covers and what it says about itself (RFC 9421 section 2.3).
///
/// ```text
/// ("@method" "@target-uri" "content-digest");created=1795169730;nonce="…";keyid="did:webvh:…#…"
/// ```
///
/// Only the form that the RFC writes itself is read: one space between components, no parameters of components, and
/// parameters that are whole numbers or plain texts. So a text has one meaning, and what was signed is what was read.
///
/// @param parameters in their order; each a [Long] or a [String]
public record SignatureInput(List<String> components, Map<String, Object> parameters) {
    private static final int LONGEST = 4096;
    private static final int MOST_DIGITS = 15;

    public SignatureInput {
        components = List.copyOf(components);
        parameters = new LinkedHashMap<>(parameters);
        if (components.size() != components.stream().distinct().count())
            throw new IllegalArgumentException("a component is covered twice");
    }

    /// @throws IllegalArgumentException with one sentence that says what is wrong
    public static SignatureInput parse(String text) {
        int close = text.indexOf(')');
        if (text.length() > LONGEST || !text.startsWith("(") || close < 0) throw noList();
        var components = new ArrayList<String>();
        if (close > 1)
            for (var quoted : text.substring(1, close).split(" ", -1)) components.add(name(quoted));
        var parameters = new LinkedHashMap<String, Object>();
        int at = close + 1;
        while (at < text.length()) at = parameter(text, at, parameters);
        var input = new SignatureInput(components, parameters);
        if (!input.text().equals(text)) throw notPlain();
        return input;
    }

    private static String name(String quoted) {
        int end = quoted.length() - 1;
        if (end < 2 || quoted.charAt(0) != '"' || quoted.charAt(end) != '"') throw noList();
        for (int i = 1; i < end; i++) {
            char c = quoted.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!letter && c != '@' && c != '-') throw noList();
        }
        return quoted.substring(1, end);
    }

    /// Reads the parameter that starts here.
    ///
    /// @return where the next one starts
    private static int parameter(String text, int at, Map<String, Object> parameters) {
        int equals = text.indexOf('=', at);
        if (text.charAt(at) != ';' || equals < at + 2) throw notPlain();
        var name = text.substring(at + 1, equals);
        if (!name.chars().allMatch(c -> c >= 'a' && c <= 'z')) throw notPlain();
        int end = equals + 1;
        Object value;
        if (text.startsWith("\"", end)) {
            end = text.indexOf('"', equals + 2) + 1;
            if (end == 0) throw notPlain();
            var said = text.substring(equals + 2, end - 1);
            if (!said.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '\\')) throw notPlain();
            value = said;
        } else {
            while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') end++;
            int digits = end - equals - 1;
            if (digits < 1 || digits > MOST_DIGITS) throw notPlain();
            value = Long.valueOf(text.substring(equals + 1, end));
        }
        if (parameters.put(name, value) != null)
            throw new IllegalArgumentException("a parameter of the signature is there twice");
        return end;
    }

    private static IllegalArgumentException noList() {
        return new IllegalArgumentException("the signature's input is not a list of components");
    }

    private static IllegalArgumentException notPlain() {
        return new IllegalArgumentException("the signature's parameters are not plain ones");
    }

    /// The one text of it, which is signed as `@signature-params`.
    public String text() {
        var text = new StringBuilder("(");
        for (var component : components) {
            if (text.length() > 1) text.append(' ');
            text.append('"').append(component).append('"');
        }
        text.append(')');
        parameters.forEach(
                (name, value) -> {
                    text.append(';').append(name).append('=');
                    if (value instanceof Long) text.append(value);
                    else text.append('"').append(value).append('"');
                });
        return text.toString();
    }

    @Nullable String string(String name) {
        return parameters.get(name) instanceof String text ? text : null;
    }

    @Nullable Long number(String name) {
        return parameters.get(name) instanceof Long number ? number : null;
    }
}
