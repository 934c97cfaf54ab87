// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

/// What somebody was appointed to be on this node (FGMV-44 clause 7.2.5).
///
/// Two more are not given but found: a *visitor* is whoever proved nothing, an *owner* is whoever a thing or an avatar
/// belongs to.
public enum Role {
    /// Owns things and avatars here.
    USER,
    /// Makes what others meet in the platform.
    CREATOR,
    /// Keeps order among users.
    MODERATOR,
    /// Runs the node.
    OPERATOR,
    /// Appoints the others and sets the policies.
    ADMINISTRATOR,
    /// Reads everything and changes nothing.
    AUDITOR
}
