// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.backup;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Backups and drills for whoever runs the node.
@RestController
final class BackupController {
    private final BackupJobs jobs;

    BackupController(BackupJobs jobs) {
        this.jobs = jobs;
    }

    @Operation(
            tags = "operation",
            summary = "What became of the backup or drill that was asked for last")
    @ApiResponse(
            responseCode = "200",
            description = "The job and its state: waiting, running, done or failed.",
            content = @Content(schema = @Schema(type = "object")))
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @GetMapping("/api/backup")
    ObjectNode readBackup() {
        return jobs().newest();
    }

    @Operation(
            tags = "operation",
            summary = "Back up",
            description = "Brings the backup up to what is durable now, beside the node's work.")
    @ApiResponse(
            responseCode = "202",
            description = "The number of the job.",
            content = @Content(schema = @Schema(type = "object")))
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @PostMapping("/api/backup/runs")
    ObjectNode runBackup() {
        return job(jobs().askForRun());
    }

    @Operation(
            tags = "operation",
            summary = "Hold a drill",
            description =
                    "Restores the backup into a scratch directory, verifies it, and puts on the"
                            + " record what came of it.")
    @ApiResponse(
            responseCode = "202",
            description = "The number of the job.",
            content = @Content(schema = @Schema(type = "object")))
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @PostMapping("/api/backup/drills")
    ObjectNode drillBackup() {
        return job(jobs().askForDrill());
    }

    private BackupJobs jobs() {
        if (jobs.isSet()) return jobs;
        throw new Problem(
                ProblemType.CONFLICT, "This node has no backup: set backup.target and backup.key.");
    }

    private static ObjectNode job(int number) {
        return JsonNodeFactory.instance.objectNode().put("job", number);
    }
}
