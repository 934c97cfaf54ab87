// SPDX-License-Identifier: Apache-2.0
package org.carnet.exchange;

/// What comes of checking a request between platforms: who asks about whom, or a refusal.
public sealed interface ExchangeVerdict permits DoublyVerified, ExchangeRefused {}
