// SPDX-License-Identifier: Apache-2.0
package org.carnet.exchange;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

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
    private static final Pattern FORM =
            Pattern.compile("\\(((?:\"[a-z0-9@-]+\"(?: \"[a-z0-9@-]+\")*)?)\\)((?:;[^;]+)*)");
    private static final Pattern PARAMETER =
            Pattern.compile(";([a-z]+)=(?:([0-9]{1,15})|\"([ !#-\\[\\]-~]*)\")");

    public SignatureInput {
        components = List.copyOf(components);
        parameters = new LinkedHashMap<>(parameters);
        if (components.size() != components.stream().distinct().count())
            throw new IllegalArgumentException("a component is covered twice");
    }

    /// @throws IllegalArgumentException with one sentence that says what is wrong
    public static SignatureInput parse(String text) {
        var form = FORM.matcher(text);
        if (text.length() > LONGEST || !form.matches())
            throw new IllegalArgumentException("the signature's input is not a list of components");
        var components = new ArrayList<String>();
        for (var quoted : form.group(1).split(" ")) {
            if (!quoted.isEmpty()) components.add(quoted.substring(1, quoted.length() - 1));
        }
        var parameters = new LinkedHashMap<String, Object>();
        var parameter = PARAMETER.matcher(form.group(2));
        int end = 0;
        while (parameter.find() && parameter.start() == end) {
            end = parameter.end();
            Object value =
                    parameter.group(2) == null
                            ? parameter.group(3)
                            : (Object) Long.valueOf(parameter.group(2));
            if (parameters.put(parameter.group(1), value) != null)
                throw new IllegalArgumentException("a parameter of the signature is there twice");
        }
        var input = new SignatureInput(components, parameters);
        if (end != form.group(2).length() || !input.text().equals(text))
            throw new IllegalArgumentException("the signature's parameters are not plain ones");
        return input;
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
