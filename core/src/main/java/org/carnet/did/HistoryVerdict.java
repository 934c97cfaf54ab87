// SPDX-License-Identifier: Apache-2.0
package org.carnet.did;

/// What comes of checking the history of a did:webvh: the history, or a refusal.
public sealed interface HistoryVerdict permits DidHistory, HistoryRefused {}
