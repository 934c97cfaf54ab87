// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.node.access.Account;
import org.carnet.node.access.Caller;
import org.carnet.node.access.Role;
import org.carnet.node.access.StepUp;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What an administrator decides of accounts: who has one, what they are, and who may not sign in any more.
@RestController
final class AccountController {
    private static final int MOST_LISTED = 1000;
    private static final String NAME = "The account's name.";

    private final AccountBook accounts;
    private final SpareKeys spares;
    private final Diary diary;
    private final StepUp stepUp;
    private final Duration validity;
    private final InstantSource clock;

    /// @param validity of links
    AccountController(
            AccountBook accounts,
            SpareKeys spares,
            Diary diary,
            StepUp stepUp,
            Duration validity,
            InstantSource clock) {
        this.accounts = accounts;
        this.spares = spares;
        this.diary = diary;
        this.stepUp = stepUp;
        this.validity = validity;
        this.clock = clock;
    }

    @Operation(tags = "people", summary = "List accounts")
    @ApiResponse(
            responseCode = "200",
            description = "Accounts, by name.",
            content = @Content(array = @ArraySchema(schema = @Schema(ref = "Account"))))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @GetMapping("/api/accounts")
    List<ObjectNode> listAccounts(
            @Parameter(description = "How many to skip.", schema = @Schema(minimum = "0"))
                    @RequestParam(defaultValue = "0")
                    int offset,
            @Parameter(
                            description = "How many to list.",
                            schema = @Schema(minimum = "1", maximum = "" + MOST_LISTED))
                    @RequestParam(defaultValue = "100")
                    int limit) {
        if (offset < 0 || limit < 1 || limit > MOST_LISTED) {
            throw Body.malformed(
                    "\"offset\" is not negative and \"limit\" a number from 1 to " + MOST_LISTED);
        }
        return accounts.list(offset, limit).stream().map(OwnAccount::json).toList();
    }

    @Operation(
            tags = "people",
            summary = "Open an account",
            description = "It is on the record before it holds. Its name is never given again.")
    @ApiResponse(
            responseCode = "201",
            description = "Open; a link lets its owner sign in for the first time.",
            content = @Content(schema = @Schema(ref = "Account")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "401", ref = "StepUpRequired")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @PostMapping("/api/accounts")
    ResponseEntity<ObjectNode> openAccount(
            @Schema(ref = "NewAccount") @RequestBody JsonNode json, HttpServletRequest request) {
        var by = freshCaller(request).id();
        var body = Body.of(json, "name", "roles");
        try {
            var opened = accounts.open(body.text("name"), roles(body), by);
            var account =
                    opened.orElseThrow(
                            () -> conflict("Somebody has this name already, or had it once."));
            return ResponseEntity.created(URI.create("/api/accounts/" + account.name()))
                    .body(OwnAccount.json(account));
        } catch (IllegalArgumentException e) {
            throw Body.malformed(String.valueOf(e.getMessage()));
        }
    }

    @Operation(tags = "people", summary = "Read one account")
    @ApiResponse(
            responseCode = "200",
            description = "The account.",
            content = @Content(schema = @Schema(ref = "Account")))
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @GetMapping("/api/accounts/{name}")
    ObjectNode readAccount(@Parameter(description = NAME) @PathVariable String name) {
        return OwnAccount.json(accounts.find(name).orElseThrow(AccountController::unknown));
    }

    @Operation(
            tags = "people",
            summary = "Appoint, suspend, resume or close",
            description = "Whoever may not sign in any more is signed out everywhere at once.")
    @ApiResponse(
            responseCode = "200",
            description = "The account as it is now.",
            content = @Content(schema = @Schema(ref = "Account")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "401", ref = "StepUpRequired")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @PutMapping("/api/accounts/{name}")
    ObjectNode changeAccount(
            @Parameter(description = NAME) @PathVariable String name,
            @Schema(ref = "AccountChange") @RequestBody JsonNode json,
            HttpServletRequest request) {
        var by = freshCaller(request).id();
        var body = Body.of(json, "roles", "state");
        if (accounts.find(name).isEmpty()) throw unknown();
        var roles = roles(body);
        var state = state(body.text("state"));
        if (accounts.leavesNobody(name, roles, state)) {
            throw conflict("Nobody would be left who could appoint others.");
        }
        var changed = accounts.change(name, roles, state, by);
        return OwnAccount.json(changed.orElseThrow(() -> conflict("The account was closed.")));
    }

    @Operation(
            tags = "people",
            summary = "Make a link that signs somebody in once",
            description =
                    "For a first sign-in, or when everything else was lost; the owner then adds a"
                            + " passkey. A program may make one for its own account.")
    @ApiResponse(
            responseCode = "201",
            description = "The link, which is shown only now.",
            content = @Content(schema = @Schema(ref = "SignInLink")))
    @ApiResponse(responseCode = "401", ref = "StepUpRequired")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @PostMapping("/api/accounts/{name}/sign-in-links")
    ResponseEntity<ObjectNode> makeSignInLink(
            @Parameter(description = NAME) @PathVariable String name, HttpServletRequest request) {
        var caller = Caller.of(request);
        boolean own = caller.kind() == Caller.Kind.SERVICE && caller.id().equals(name);
        if (!own && !freshCaller(request).roles().contains(Role.ADMINISTRATOR)) {
            throw new Problem(
                    ProblemType.FORBIDDEN, "Whoever could sign in for others could be anybody.");
        }
        var account = accounts.find(name).orElseThrow(AccountController::unknown);
        if (!account.active()) throw conflict("The account may not sign in.");
        var now = clock.instant();
        var expiry = now.plus(validity);
        diary.enrolled(name, caller.id(), Diary.act("link-made").put("expires", expiry.toString()));
        var link = spares.newLink(name, now, expiry);
        var path = URI.create("/sign-in#link=" + link.text());
        return ResponseEntity.status(201)
                .body(
                        JsonMapper.shared()
                                .createObjectNode()
                                .put("path", path.toString())
                                .put("expires", expiry.toString()));
    }

    private static Set<Role> roles(Body body) {
        var given = body.json().path("roles");
        if (!given.isArray()) throw noRoles();
        var roles = EnumSet.noneOf(Role.class);
        for (var role : given) {
            var text = role.asString("");
            if (!text.equals(text.toLowerCase(Locale.ROOT))) throw noRoles();
            try {
                roles.add(Role.valueOf(text.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw noRoles();
            }
        }
        return roles;
    }

    private static Problem noRoles() {
        return Body.malformed(
                "\"roles\" is a list of: "
                        + String.join(
                                ", ",
                                EnumSet.allOf(Role.class).stream()
                                        .map(role -> role.name().toLowerCase(Locale.ROOT))
                                        .toList()));
    }

    private static Account.State state(String text) {
        return switch (text) {
            case "active" -> Account.State.ACTIVE;
            case "suspended" -> Account.State.SUSPENDED;
            case "closed" -> Account.State.CLOSED;
            default -> throw Body.malformed("\"state\" is active, suspended or closed");
        };
    }

    private Caller freshCaller(HttpServletRequest request) {
        var caller = Caller.of(request);
        stepUp.require(caller);
        return caller;
    }

    private static Problem conflict(String why) {
        return new Problem(ProblemType.CONFLICT, why);
    }

    private static Problem unknown() {
        return new Problem(ProblemType.NOT_FOUND, "There is no account of this name.");
    }
}
