// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.web;

import org.apache.catalina.core.StandardHost;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.apache.tomcat.websocket.server.WsSci;
import org.carnet.node.external.ExternalStorage;
import org.carnet.node.problems.ProblemValve;
import org.carnet.node.settings.Ports;
import org.carnet.node.settings.Settings;
import org.carnet.node.tls.ServerIdentity;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.CacheControl;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.server.standard.ServletServerContainerFactoryBean;

import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.Map;

/// Tomcat, Spring's dispatch and the node's own filters, each made by hand: nothing here is guessed from the class path.
@Configuration(proxyBeanMethods = false)
@EnableWebMvc
@EnableWebSocket
public class WebConfiguration {
    /// Sixty-four updates of the greatest length in one request.
    private static final int MAX_BODY_BYTES = 4 << 20;

    private static final int MAX_MESSAGE_BYTES = 64 << 10;

    /// On loopback plain HTTP, with TLS beside it if it is set; beyond loopback TLS alone.
    @Bean
    TomcatServletWebServerFactory webServer(
            Settings settings, ObjectProvider<ServerIdentity> identity) {
        var address = settings.http().address();
        var tls = settings.tls().port();
        var server = new TomcatServletWebServerFactory(settings.http().port());
        if (!settings.http().loopback()) {
            server.setPort(tls.orElseThrow());
            server.addConnectorCustomizers(
                    connector -> SecureConnector.secure(connector, identity.getObject()));
        } else if (tls.isPresent()) {
            server.addAdditionalConnectors(
                    SecureConnector.open(address, tls.getAsInt(), identity.getObject()));
        }
        server.setAddress(address);
        server.setShutdown(Shutdown.GRACEFUL);
        server.setRegisterDefaultServlet(false);
        server.addProtocolHandlerCustomizers(
                handler -> handler.setExecutor(new VirtualThreadExecutor("http-")));
        server.addContextCustomizers(
                context -> {
                    context.addServletContainerInitializer(new WsSci(), null);
                    var host = (StandardHost) context.getParent();
                    host.setErrorReportValveClass(ProblemValve.class.getName());
                });
        return server;
    }

    /// Says which ports were chosen.
    @Bean
    ApplicationListener<ServletWebServerInitializedEvent> openedConnectors(Ports ports) {
        return event -> {
            var tomcat = ((TomcatWebServer) event.getWebServer()).getTomcat();
            for (var connector : tomcat.getService().findConnectors()) {
                ports.opened(connector.getSecure() ? "tls" : "http", connector.getLocalPort());
            }
        };
    }

    @Bean
    PortsFile portsFile(Settings settings, Ports ports) {
        return new PortsFile(settings.dataDirectory(), ports);
    }

    @Bean
    ServletRegistrationBean<DispatcherServlet> dispatcher(WebApplicationContext context) {
        var dispatcher = new ServletRegistrationBean<>(new DispatcherServlet(context), "/");
        dispatcher.setLoadOnStartup(1);
        dispatcher.setAsyncSupported(true);
        return dispatcher;
    }

    @Bean
    FilterRegistrationBean<HeaderFilter> headers() {
        var filter = new FilterRegistrationBean<>(new HeaderFilter(ContentPolicy.ofConsole()));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimit() {
        var filter =
                new FilterRegistrationBean<>(
                        new BodyLimitFilter(
                                MAX_BODY_BYTES,
                                Map.of(
                                        "/hosted/",
                                        ExternalStorage.MOST_BYTES,
                                        "/mirror/",
                                        ExternalStorage.MOST_BYTES)));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return filter;
    }

    @Bean
    StreamHandshake streamHandshake() {
        return new StreamHandshake();
    }

    @Bean
    ServletServerContainerFactoryBean streamLimits() {
        var limits = new ServletServerContainerFactoryBean();
        limits.setMaxTextMessageBufferSize(MAX_MESSAGE_BYTES);
        limits.setMaxBinaryMessageBufferSize(MAX_MESSAGE_BYTES);
        return limits;
    }

    /// JSON is read strictly: no member twice, none that nobody knows.
    @Bean
    JsonMapper json() {
        return JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build();
    }

    @Bean
    WebMvcConfigurer pages(JsonMapper json) {
        return new WebMvcConfigurer() {
            @Override
            public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
                converters.withJsonConverter(new JacksonJsonHttpMessageConverter(json));
            }

            @Override
            public void addViewControllers(ViewControllerRegistry views) {
                views.addViewController("/").setViewName("forward:/index.html");
                views.addViewController("/sign-in").setViewName("forward:/console/sign-in.html");
                views.addViewController("/enrol").setViewName("forward:/console/enrol.html");
                views.addViewController("/consent").setViewName("forward:/console/consent.html");
                views.addViewController("/device").setViewName("forward:/console/device.html");
                views.addViewController("/docs").setViewName("forward:/docs/index.html");
            }

            @Override
            public void addResourceHandlers(ResourceHandlerRegistry resources) {
                resources
                        .addResourceHandler("/webjars/**")
                        .addResourceLocations("classpath:/META-INF/resources/webjars/")
                        .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).immutable());
                resources
                        .addResourceHandler("/**")
                        .addResourceLocations("classpath:/static/")
                        .setUseLastModified(false)
                        .setEtagGenerator(ContentTag::of)
                        .setCacheControl(CacheControl.noCache());
            }
        };
    }
}
