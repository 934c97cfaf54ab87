// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

/// What comes of checking an SD-JWT: what it says, or a refusal.
public sealed interface SdJwtVerdict permits VerifiedSdJwt, SdJwtRefused {}
