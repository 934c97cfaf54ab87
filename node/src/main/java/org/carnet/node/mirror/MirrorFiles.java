// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.mirror;

import org.springframework.core.io.FileSystemResource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import java.nio.file.Path;
import java.time.Duration;

/// Serves mirrored logs as they lie on disk, below `/mirror/<SHA-256 of the origin>/`: tiles and bundles never change,
/// the checkpoint and the details of the last records do.
final class MirrorFiles implements WebMvcConfigurer {
    private final FileSystemResource mirrors;

    MirrorFiles(Path directory) {
        this.mirrors = new FileSystemResource(directory + "/");
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/mirror/*/tile/**")
                .addResourceLocations(mirrors)
                .setCacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
        registry.addResourceHandler(
                        "/mirror/*/checkpoint", "/mirror/*/log.vkey", "/mirror/*/details/*")
                .addResourceLocations(mirrors)
                .setCacheControl(CacheControl.noCache());
    }
}
