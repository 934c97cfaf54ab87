// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.documents;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.responses.ApiResponses;

import org.carnet.node.access.Routes;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMethodMappingNamingStrategy;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The OpenAPI document, made from the handler methods themselves as soon as all of them are known.
///
/// Paths, verbs, media types and parameters are those by which requests are dispatched, and security is what
/// [Routes] leaves open. The words come from the annotations of each method, and the shapes and problems that
/// these name from `openapi.yaml` beside this class. A method that does not say what it does stops the node at its start.
final class OpenApi implements SmartInitializingSingleton {
    private static final RequestMappingInfoHandlerMethodMappingNamingStrategy NAMES =
            new RequestMappingInfoHandlerMethodMappingNamingStrategy();

    /// One handler method; several may serve the same path and verb, for different bodies.
    private record Served(RequestMappingInfo request, HandlerMethod handler) {}

    private final RequestMappingHandlerMapping mapping;
    private final Routes routes;
    private volatile InterfaceDocument document = InterfaceDocument.load("openapi.yaml");

    OpenApi(RequestMappingHandlerMapping mapping, Routes routes) {
        this.mapping = mapping;
        this.routes = routes;
    }

    InterfaceDocument document() {
        return document;
    }

    @Override
    public void afterSingletonsInstantiated() {
        var served = new TreeMap<String, Map<String, List<Served>>>();
        mapping.getHandlerMethods()
                .forEach(
                        (request, handler) -> {
                            if (handler.hasMethodAnnotation(Hidden.class)) return;
                            for (var path : request.getPatternValues()) {
                                for (var verb : request.getMethodsCondition().getMethods()) {
                                    served.computeIfAbsent(path, _ -> new TreeMap<>())
                                            .computeIfAbsent(
                                                    verb.name().toLowerCase(Locale.ROOT),
                                                    _ -> new ArrayList<>())
                                            .add(new Served(request, handler));
                                }
                            }
                        });
        var paths = new LinkedHashMap<String, Object>();
        served.forEach(
                (path, verbs) -> {
                    var operations = new LinkedHashMap<String, Object>();
                    verbs.forEach((verb, all) -> operations.put(verb, operation(verb, path, all)));
                    paths.put(path, operations);
                });
        document = document.withPaths(paths);
    }

    private Map<String, Object> operation(String verb, String path, List<Served> served) {
        var described =
                served.stream()
                        .filter(one -> one.handler().hasMethodAnnotation(Operation.class))
                        .toList();
        if (described.size() != 1)
            throw new IllegalStateException(
                    "one method says with @Operation what " + path + " does");
        var request = described.getFirst().request();
        var handler = described.getFirst().handler();
        var words = requireNonNull(handler.getMethodAnnotation(Operation.class));
        boolean open = routes.isPublic(verb.toUpperCase(Locale.ROOT), path);
        var json = new LinkedHashMap<String, Object>();
        json.put("tags", List.of(words.tags()));
        json.put("operationId", NAMES.getName(handler, request).replaceFirst(".*#", ""));
        json.put("summary", words.summary());
        if (!words.description().isEmpty()) json.put("description", words.description());
        var parameters = parameters(handler);
        if (!parameters.isEmpty()) json.put("parameters", parameters);
        var bodies = bodies(served);
        if (!bodies.isEmpty())
            json.put("requestBody", new TreeMap<>(Map.of("required", true, "content", bodies)));
        json.put("responses", responses(request, handler, open));
        if (open) json.put("security", List.of());
        return json;
    }

    private static List<Map<String, Object>> parameters(HandlerMethod handler) {
        var parameters = new ArrayList<Map<String, Object>>();
        for (var parameter : handler.getMethodParameters()) {
            parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
            var name = requireNonNull(parameter.getParameterName());
            if (parameter.hasParameterAnnotation(PathVariable.class)) {
                parameters.add(parameter(name, "path", true, parameter, type(parameter)));
            }
            var query = parameter.getParameterAnnotation(RequestParam.class);
            if (query == null) continue;
            var schema = type(parameter);
            boolean optional = !query.defaultValue().equals(ValueConstants.DEFAULT_NONE);
            if (optional) {
                boolean number = "integer".equals(schema.get("type"));
                schema.put(
                        "default",
                        number ? Long.valueOf(query.defaultValue()) : query.defaultValue());
            }
            parameters.add(
                    parameter(
                            name,
                            "query",
                            !optional && !parameter.isOptional(),
                            parameter,
                            schema));
        }
        return parameters;
    }

    private static Map<String, Object> parameter(
            String name,
            String place,
            boolean required,
            MethodParameter parameter,
            Map<String, Object> schema) {
        var words = parameter.getParameterAnnotation(Parameter.class);
        if (words == null)
            throw new IllegalStateException(parameter + " says with @Parameter what it is");
        schema.putAll(schema(words.schema()));
        var json = new LinkedHashMap<String, Object>();
        json.put("name", name);
        json.put("in", place);
        json.put("required", required);
        json.put("description", words.description());
        json.put("schema", schema);
        return json;
    }

    private static Map<String, Object> type(MethodParameter parameter) {
        var type = parameter.getParameterType();
        var json = new LinkedHashMap<String, Object>();
        if (type == String.class) {
            json.put("type", "string");
        } else if (type == int.class) {
            json.put("type", "integer");
        } else if (type == long.class || type == Long.class) {
            json.put("type", "integer");
            json.put("format", "int64");
        } else {
            throw new IllegalStateException("no type of OpenAPI is known for " + parameter);
        }
        return json;
    }

    private static Map<String, Object> bodies(List<Served> served) {
        var bodies = new TreeMap<String, Object>();
        for (var one : served) {
            var types = one.request().getConsumesCondition().getConsumableMediaTypes();
            for (var parameter : one.handler().getMethodParameters()) {
                if (!parameter.hasParameterAnnotation(RequestBody.class)) continue;
                var shape = parameter.getParameterAnnotation(Schema.class);
                if (shape == null)
                    throw new IllegalStateException(parameter + " says with @Schema what it is");
                names(types).forEach(type -> bodies.put(type, Map.of("schema", schema(shape))));
            }
        }
        return bodies;
    }

    private static Map<String, Object> responses(
            RequestMappingInfo request, HandlerMethod handler, boolean open) {
        var types = request.getProducesCondition().getProducibleMediaTypes();
        var responses = new TreeMap<String, Object>();
        if (!open) {
            responses.put("401", reference("responses", "Unauthorized"));
            responses.put("403", reference("responses", "Forbidden"));
        }
        Stream.concat(
                        Stream.ofNullable(handler.getMethodAnnotation(ApiResponse.class)),
                        Stream.ofNullable(handler.getMethodAnnotation(ApiResponses.class))
                                .flatMap(all -> Arrays.stream(all.value())))
                .forEach(one -> responses.put(one.responseCode(), response(one, types)));
        return responses;
    }

    private static Map<String, Object> response(ApiResponse response, Set<MediaType> types) {
        if (!response.ref().isEmpty()) return reference("responses", response.ref());
        var content = new LinkedHashMap<String, Object>();
        for (var body : response.content()) {
            var media = body.mediaType().isEmpty() ? names(types) : Stream.of(body.mediaType());
            media.forEach(type -> content.put(type, Map.of("schema", answer(body))));
        }
        var json = new LinkedHashMap<String, Object>();
        json.put("description", response.description());
        if (response.responseCode().equals("201"))
            json.put("headers", Map.of("Location", reference("headers", "Location")));
        json.put("content", content);
        return json;
    }

    private static Map<String, Object> answer(Content body) {
        var item = schema(body.array().schema());
        return item.isEmpty()
                ? schema(body.schema())
                : new TreeMap<>(Map.of("type", "array", "items", item));
    }

    private static Map<String, Object> schema(Schema schema) {
        if (!schema.ref().isEmpty()) return reference("schemas", schema.ref());
        var json = new LinkedHashMap<String, Object>();
        if (!schema.type().isEmpty()) json.put("type", schema.type());
        if (!schema.format().isEmpty()) json.put("format", schema.format());
        if (!schema.pattern().isEmpty()) json.put("pattern", schema.pattern());
        if (!schema.minimum().isEmpty()) json.put("minimum", Long.valueOf(schema.minimum()));
        if (!schema.maximum().isEmpty()) json.put("maximum", Long.valueOf(schema.maximum()));
        return json;
    }

    private static Map<String, Object> reference(String kind, String name) {
        return Map.of("$ref", "#/components/" + kind + "/" + name);
    }

    private static Stream<String> names(Set<MediaType> types) {
        return types.isEmpty()
                ? Stream.of(MediaType.APPLICATION_JSON_VALUE)
                : types.stream().map(MediaType::toString);
    }
}
