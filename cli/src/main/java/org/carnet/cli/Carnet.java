// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.cli.bench.Bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.Locale;

/// The command line: one command per word, one sentence per error, and exit codes that a script can rely on.
@Command(
        name = "carnet",
        description =
                "Carries the data of things into metaverse platforms, with permission and on the"
                        + " record.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            Demo.class,
            Up.class,
            Enrol.class,
            Verify.class,
            LogCommand.class,
            ThingCommand.class,
            AnchorCommand.class,
            BackupCommand.class,
            Forget.class,
            ReportCommand.class,
            SignalsCommand.class,
            ClientCommand.class,
            PolicyCommand.class,
            Bench.class,
            Soak.class,
            ConformanceCommand.class,
            Certify.class,
            Completion.class
        },
        footerHeading = "%nBuilt into the launcher:%n",
        footer = {
            "  test        Installs what tests need and runs all of them.",
            "  fuzz        Fuzzes the parsers; --seconds N says for how long.",
            "  format      Formats the Java sources.",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all is well",
            "1:a check failed",
            "2:the command line or a setting is wrong",
            "3:a node or file cannot be reached",
            "4:the node refused",
            "70:a fault of Carnet itself"
        })
public final class Carnet implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Carnet())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Carnet::explainUsage)
                .setExecutionExceptionHandler(Carnet::explainFailure);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }

    private static int explainUsage(ParameterException problem, String[] arguments) {
        var command = problem.getCommandLine();
        command.getErr().println("carnet: " + problem.getMessage());
        command.getErr().println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return Exit.USAGE;
    }

    private static int explainFailure(
            Exception problem, CommandLine command, CommandLine.ParseResult parsed) {
        var exit = Exit.of(problem);
        command.getErr().println("carnet: " + Exit.sentence(problem));
        return exit;
    }
}
