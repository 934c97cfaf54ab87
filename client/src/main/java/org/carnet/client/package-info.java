// SPDX-License-Identifier: Apache-2.0
/// The other end of a node: for devices, gateways, entities and auditors.
@org.jspecify.annotations.NullMarked
package org.carnet.client;
