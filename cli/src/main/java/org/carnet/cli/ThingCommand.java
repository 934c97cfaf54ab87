// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What a device does, and what its owner does for it.
@Command(
        name = "thing",
        description = "Is a device: makes its key, registers, maps, sends.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ThingCreate.class,
            ThingRegister.class,
            ThingClaim.class,
            ThingConfirm.class,
            ThingMap.class,
            ThingSend.class,
            ThingReplay.class,
            ThingRotate.class,
            ThingLost.class,
            ThingHandOver.class,
            ThingDecommission.class
        },
        footer = {
            "%nA thing lives in a directory, for instance:",
            "  carnet thing create watch",
            "  carnet thing register watch",
            "  carnet thing map watch --avatar runner --share acceleration-x",
            "  carnet thing send watch acceleration-x=9.81:m/s2",
            "What a maker vouches for is not registered but claimed, by whoever has it in hand:",
            "  carnet thing claim watch --chain device.pem --device-key device.jwk",
            "  carnet thing confirm BDFG-HKLM"
        })
final class ThingCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "what should the thing do?");
    }
}
