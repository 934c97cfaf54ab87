// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

/// What comes of verifying what a key says of a thing: a statement that is good here and now, or a refusal.
public sealed interface Statement permits KeyStatement, Refused {}
