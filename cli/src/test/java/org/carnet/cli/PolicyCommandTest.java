// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.node.policies.Shipped;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class PolicyCommandTest {
    private static final String QUESTION = "person bob (user) readThing Thing:watch of alice";

    @TempDir Path home;
    private Path policies;

    @BeforeEach
    void copy() throws IOException {
        policies = home.resolve("policies");
        Shipped.copyTo(policies);
    }

    private void add(String file, String text) throws IOException {
        Files.writeString(policies.resolve(file), text);
    }

    @Test
    void whatShipsAnswersAsItsCasesExpectAlsoWhereItWasCopied() {
        var shipped = Run.carnet("policy", "test");
        assertThat(shipped.out())
                .matches("\\d+ policies in 9 files; \\d+ cases are answered as expected\n");
        assertThat(shipped.exit()).isEqualTo(Exit.OK);
        assertThat(Run.carnet("policy", "test", policies.toString())).isEqualTo(shipped);
    }

    @Test
    void aPolicyThatAnswersOtherwiseIsFoundAndTheCaseIsNamed() throws IOException {
        add(
                "open.cedar",
                """
                @id("all-open")
                @reason("Everybody may read every thing.")
                permit (principal, action == Action::"readThing", resource);
                """);
        var run = Run.carnet("policy", "test", policies.toString());
        assertThat(run.exit()).isEqualTo(Exit.CHECK_FAILED);
        assertThat(run.out())
                .contains("cases.txt:", QUESTION + " -> refuse", "permitted by [all-open]");
        assertThat(Run.carnet("policy", "ask", QUESTION, policies.toString()).out())
                .isEqualTo("permitted\n  all-open: Everybody may read every thing.\n");
        assertThat(Run.carnet("policy", "ask", QUESTION).out())
                .isEqualTo("refused\n  no policy speaks of it\n");
    }

    @Test
    void whatIsNoPolicyOrNoCaseOrNoQuestionIsOneSentence() throws IOException {
        add("odd.cedar", "permit (principal, action, resource) when { principal.shoe == 46 };");
        var invalid = Run.carnet("policy", "test", policies.toString());
        assertThat(invalid.exit()).isEqualTo(Exit.CHECK_FAILED);
        assertThat(invalid.out()).contains("odd.cedar");
        Files.delete(policies.resolve("odd.cedar"));
        add("cases.txt", "bob may do what he likes\n");
        var run = Run.carnet("policy", "test", policies.toString());
        assertThat(run.err())
                .isEqualTo("carnet: cases.txt:1: this is no case: bob may do what he likes\n");
        assertThat(run.exit()).isEqualTo(Exit.USAGE);
        assertThat(Run.carnet("policy", "ask", "may I?").err())
                .startsWith("carnet: this is no question: may I?\n");
        var empty = Files.createDirectory(home.resolve("empty")).toString();
        assertThat(Run.carnet("policy", "test", empty).err())
                .isEqualTo("carnet: there are no policies in " + empty + "\n");
        assertThat(Run.carnet("policy", "test", empty + "/none").exit())
                .isEqualTo(Exit.UNAVAILABLE);
    }
}
