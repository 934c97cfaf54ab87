// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.RestController;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Holds the directions in which the parts of the house may know one another.
class ArchitectureTest {
    private static final List<String> MODULES = List.of("core", "client", "node", "cli");
    private static final List<String> AGENTS =
            List.of(
                    "things",
                    "avatars",
                    "entities",
                    "storage",
                    "witness",
                    "people",
                    "oidc",
                    "relying",
                    "platforms",
                    "console",
                    "forgetting",
                    "credentials",
                    "signals",
                    "identities");
    private static final JavaClasses HOUSE = classesOf(MODULES);

    /// In `oidc`, the authorization server is Spring's, and what is put around it speaks of what it speaks of.
    private static final Set<String> EDGE =
            Set.of("org.carnet.node", "org.carnet.node.web", "org.carnet.node.oidc");

    /// Clocks, randomness and the outside world, by the methods that reach for them.
    private static final Set<String> REACHES_OUT =
            Set.of(
                    "java.time.Instant.now",
                    "java.time.Clock.systemUTC",
                    "java.time.InstantSource.system",
                    "java.lang.System.currentTimeMillis",
                    "java.lang.System.nanoTime",
                    "java.lang.Math.random",
                    "java.util.UUID.randomUUID",
                    "java.security.SecureRandom.<init>",
                    "java.util.Random.<init>");

    private static JavaClasses classesOf(List<String> modules) {
        return new ClassFileImporter()
                .importPaths(
                        modules.stream()
                                .map(module -> SourceTree.ROOT.resolve(module + "/target/classes"))
                                .toArray(Path[]::new));
    }

    @ParameterizedTest
    @FieldSource("MODULES")
    void everyModuleHasClassesInItsOwnPackagesOnly(String module) {
        var classes = classesOf(List.of(module));
        assertThat(classes).isNotEmpty();
        assertThat(classes).allSatisfy(type -> assertThat(moduleOf(type)).isEqualTo(module));
    }

    @ParameterizedTest
    @FieldSource("MODULES")
    void importsRunOneWay(String module) {
        var above = MODULES.subList(MODULES.indexOf(module) + 1, MODULES.size());
        noClasses()
                .that(those("are in " + module, type -> moduleOf(type).equals(module)))
                .should()
                .dependOnClassesThat(those("lie above it", type -> above.contains(moduleOf(type))))
                .check(HOUSE);
    }

    @Test
    void noPackagesKnowOneAnotherInACircle() {
        slices().assignedFrom(packages()).should().beFreeOfCycles().check(HOUSE);
    }

    @ParameterizedTest
    @FieldSource("AGENTS")
    void anAgentNeverImportsAnother(String agent) {
        var others =
                AGENTS.stream()
                        .filter(other -> !other.equals(agent))
                        .map(other -> "org.carnet.node." + other + "..")
                        .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("org.carnet.node." + agent + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void theCoreHasNoFilesNoNetworkAndNoThreads() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        those(
                                "run or wait for something at the same time",
                                type ->
                                        type.getPackageName().startsWith("java.util.concurrent")
                                                && !isSharedMemory(type)))
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.nio.file..", "java.nio.channels..", "java.net.http..", "java.sql..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(
                        Thread.class,
                        ThreadLocal.class,
                        java.io.File.class,
                        java.io.FileInputStream.class,
                        java.io.FileOutputStream.class,
                        java.net.Socket.class,
                        java.net.URL.class)
                .check(classesOf(List.of("core")));
    }

    @Test
    void theCoreHasNoClockAndNoRandomnessOfItsOwn() {
        noClasses()
                .should()
                .accessTargetWhere(
                        new DescribedPredicate<JavaAccess<?>>("reaches for a clock or for chance") {
                            @Override
                            public boolean test(JavaAccess<?> access) {
                                return REACHES_OUT.contains(name(access.getTarget()));
                            }
                        })
                .check(classesOf(List.of("core")));
    }

    @Test
    void springStaysInWhatItCallsAndInWhatKeepsThings() {
        noClasses()
                .that(those("Spring does not call", type -> !isCalledBySpring(type)))
                .should()
                .dependOnClassesThat(
                        those(
                                "are of Spring, but for SQL",
                                type ->
                                        isSpring(type)
                                                && !type.getPackageName().contains(".jdbc.")))
                .check(HOUSE);
        noClasses()
                .that(those("are outside the node", type -> !moduleOf(type).equals("node")))
                .should()
                .dependOnClassesThat(those("are of Spring", ArchitectureTest::isSpring))
                .check(HOUSE);
    }

    @Test
    void nothingIsFoundByReflection() {
        // The jars of the native signature providers differ by platform, so one class loads them by
        // name.
        noClasses()
                .that()
                .doNotHaveSimpleName("SignatureProvider")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.reflect..")
                .check(HOUSE);
    }

    /// Configuration and web classes: Spring finds them by what they extend or how they are annotated.
    private static boolean isCalledBySpring(JavaClass type) {
        var outermost = outermost(type);
        return EDGE.contains(type.getPackageName())
                || outermost.isAnnotatedWith(RestController.class)
                || outermost.isAnnotatedWith(Configuration.class)
                || outermost.getAllRawSuperclasses().stream().anyMatch(ArchitectureTest::isSpring)
                || outermost.getAllRawInterfaces().stream().anyMatch(ArchitectureTest::isSpring);
    }

    /// What many threads may remember things in; it starts none and waits for none.
    private static boolean isSharedMemory(JavaClass type) {
        return type.getPackageName().equals("java.util.concurrent.atomic")
                || outermost(type).getSimpleName().matches("Concurrent(Hash)?Map");
    }

    private static boolean isSpring(JavaClass type) {
        return type.getPackageName().startsWith("org.springframework.");
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }

    /// Packages tell modules apart; the core has all that no other claims.
    private static String moduleOf(JavaClass type) {
        var name = type.getPackageName();
        if (!(name + ".").startsWith("org.carnet.")) return "";
        return MODULES.stream()
                .filter(module -> (name + ".").startsWith("org.carnet." + module + "."))
                .findFirst()
                .orElse("core");
    }

    private static String name(AccessTarget target) {
        return target.getOwner().getName() + "." + target.getName();
    }

    private static DescribedPredicate<JavaClass> those(
            String description, Predicate<JavaClass> predicate) {
        return DescribedPredicate.describe(description, predicate);
    }

    private static SliceAssignment packages() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return moduleOf(type).isEmpty()
                        ? SliceIdentifier.ignore()
                        : SliceIdentifier.of(type.getPackageName());
            }

            @Override
            public String getDescription() {
                return "packages";
            }
        };
    }
}
