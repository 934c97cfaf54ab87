// SPDX-License-Identifier: Apache-2.0
/// Documents that say which keys are whose, and did:webvh, whose documents come with a history that nobody can rewrite.
@NullMarked
package org.carnet.did;

import org.jspecify.annotations.NullMarked;
