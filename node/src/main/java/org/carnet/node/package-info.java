// SPDX-License-Identifier: Apache-2.0
/// The program that every party runs; what a node is, is configuration.
@org.jspecify.annotations.NullMarked
package org.carnet.node;
