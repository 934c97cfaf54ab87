// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.record;

import org.springframework.core.io.FileSystemResource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import java.nio.file.Path;
import java.time.Duration;

/// Serves the log's own files as they are on disk (C2SP tlog-tiles): the checkpoint changes, tiles never do.
final class LogFiles implements WebMvcConfigurer {
    private final Path directory;

    LogFiles(Path directory) {
        this.directory = directory;
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/tile/**")
                .addResourceLocations(new FileSystemResource(directory.resolve("tile") + "/"))
                .setCacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
        registry.addResourceHandler("/checkpoint", "/checkpoint.witnessed", "/log.vkey")
                .addResourceLocations(new FileSystemResource(directory + "/"))
                .setCacheControl(CacheControl.noCache());
    }
}
