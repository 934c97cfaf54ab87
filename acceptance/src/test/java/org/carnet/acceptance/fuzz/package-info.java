// SPDX-License-Identifier: Apache-2.0
/// Feeds the parsers what nobody would send, guided by what they have not done yet.
package org.carnet.acceptance.fuzz;
