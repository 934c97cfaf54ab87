// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import org.carnet.Bytes;
import org.carnet.node.access.LinkedIdentity;
import org.carnet.node.people.PasskeyStore.Passkey;

import tools.jackson.databind.JsonNode;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The means by which a person can sign in: checked, put on the record, then kept.
final class Means {
    private static final int MOST_PASSKEYS = 20;

    private final Passkeys passkeys;
    private final PasskeyStore passkeyStore;
    private final Passwords passwords;
    private final PasswordStore passwordStore;
    private final SecondFactor codes;
    private final SpareKeys spares;
    private final AccountBook accounts;
    private final Diary diary;
    private final InstantSource clock;

    Means(
            Passkeys passkeys,
            PasskeyStore passkeyStore,
            Passwords passwords,
            PasswordStore passwordStore,
            SecondFactor codes,
            SpareKeys spares,
            AccountBook accounts,
            Diary diary,
            InstantSource clock) {
        this.passkeys = passkeys;
        this.passkeyStore = passkeyStore;
        this.passwords = passwords;
        this.passwordStore = passwordStore;
        this.codes = codes;
        this.spares = spares;
        this.accounts = accounts;
        this.diary = diary;
        this.clock = clock;
    }

    /// What is ready to be kept, once its account is there.
    interface Checked {
        void keep(String by);
    }

    /// A password that may be used, with the step of the code that came with it.
    private record CheckedPassword(PasswordStore.Stored stored, long step) {}

    /// Empty if the answer of the browser does not hold.
    Optional<Checked> passkey(String account, String label, Site.Name site, JsonNode credential) {
        if (passkeyStore.of(account).size() >= MOST_PASSKEYS) {
            throw Body.malformed("An account has at most " + MOST_PASSKEYS + " passkeys.");
        }
        return passkeys.made(account, label, site, credential).map(made -> by -> keep(made, by));
    }

    private void keep(Passkey passkey, String by) {
        var act = Diary.act("passkey-added").put("passkey", passkey.id().toBase64Url());
        diary.enrolled(passkey.account(), by, act.put("label", passkey.label()));
        passkeyStore.insert(passkey);
    }

    /// Empty if the code is not one of the offered secret.
    ///
    /// @throws org.carnet.node.problems.Problem if the password cannot be one
    Optional<Checked> password(String account, String password, String sealed, String code) {
        var objection = passwords.objection(password, account);
        if (objection.isPresent()) throw Body.malformed(objection.get());
        return codes.offered(account, sealed)
                .flatMap(secret -> checked(account, password, secret, code))
                .map(checked -> by -> keep(account, checked, by));
    }

    private Optional<CheckedPassword> checked(
            String account, String password, Bytes secret, String code) {
        var step = Totp.matchingStep(secret, code, clock.instant());
        if (step.isEmpty()) return Optional.empty();
        var hash = passwords.hash(password);
        var stored = new PasswordStore.Stored(hash, codes.seal(account, secret));
        return Optional.of(new CheckedPassword(stored, step.getAsLong()));
    }

    private void keep(String account, CheckedPassword checked, String by) {
        diary.enrolled(account, by, Diary.act("password-set"));
        passwordStore.set(account, checked.stored(), checked.step(), clock.instant());
    }

    List<String> newRecoveryCodes(String account, String by) {
        diary.enrolled(account, by, Diary.act("recovery-codes-made"));
        return spares.newCodes(account);
    }

    /// @return false if there is no such passkey of the account, or it is the last means that is left
    boolean removePasskey(String account, Bytes id) {
        var rest = passkeyStore.of(account);
        if (rest.stream().noneMatch(one -> one.id().equals(id))) return false;
        if (rest.size() == 1 && !hasPassword(account)) return false;
        diary.enrolled(
                account, account, Diary.act("passkey-removed").put("passkey", id.toBase64Url()));
        return passkeyStore.delete(account, id);
    }

    boolean removePassword(String account) {
        if (!hasPassword(account) || passkeyStore.of(account).isEmpty()) return false;
        diary.enrolled(account, account, Diary.act("password-removed"));
        return passwordStore.delete(account);
    }

    /// @return false if there is no such identity of the account, or it is the last means that is left
    boolean unlinkIdentity(String account, UUID id) {
        boolean isLast = accounts.identities(account).size() == 1;
        if (isLast && !hasPassword(account) && passkeyStore.of(account).isEmpty()) return false;
        return accounts.unlink(account, id);
    }

    /// @return false if there is no such key of the account, or it is the last means that is left
    boolean removeKey(String account, String thumbprint) {
        boolean isLast = accounts.programKeys(account).size() == 1;
        if (isLast
                && !hasPassword(account)
                && passkeyStore.of(account).isEmpty()
                && identities(account).isEmpty()) return false;
        return accounts.removeKey(account, thumbprint);
    }

    List<LinkedIdentity> identities(String account) {
        return accounts.identities(account);
    }

    List<Passkey> passkeys(String account) {
        return passkeyStore.of(account);
    }

    boolean hasPassword(String account) {
        return passwordStore.find(account).isPresent();
    }

    int recoveryCodesLeft(String account) {
        return spares.codesLeft(account);
    }
}
