// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The units that a reading may have: the IANA registries of SenML (RFC 8428 section 12.1, RFC 8798), and one more.
public final class Units {
    private static final String PRIMARY =
            """
            m kg g s A K cd mol Hz rad sr N Pa J W C V F Ohm S Wb T H Cel lm lx Bq Gy Sv kat m2 m3 l
            m/s m/s2 m3/s l/s W/m2 cd/m2 bit bit/s lat lon pH dB dBW Bspl count / % %RH %EL EL
            1/s 1/min beat/min beats S/m B VA VAs var vars J/m kg/m3 deg NTU
            """;

    private static final String SECONDARY =
            """
            ms min h MHz kW kVA kvar Ah Wh kWh varh kvarh kVAh Wh/km KiB GB Mbit/s B/s MB/s mV mA dBm
            ug/m3 mm/h m/h ppm /100 /1000 hPa mm cm km km/h
            """;

    /// What a gyroscope measures; the registry has the angle and the second, but not their quotient.
    private static final String ANGULAR_VELOCITY = "rad/s";

    private static final Set<String> ALL =
            Stream.of(PRIMARY, SECONDARY, ANGULAR_VELOCITY)
                    .flatMap(units -> Stream.of(units.split("\\s+")))
                    .collect(Collectors.toUnmodifiableSet());

    private Units() {}

    public static boolean contains(String unit) {
        return ALL.contains(unit);
    }
}
