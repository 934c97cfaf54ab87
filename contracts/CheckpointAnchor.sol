// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Checkpoints of transparency logs, kept where their operators cannot take them back
/// @notice A log is known by the SHA-256 of its origin line (C2SP tlog-checkpoint). The account that anchors an origin
/// first goes on alone, until it hands over. What is anchored is never changed and never removed.
/// @dev The contract cannot see whether a root extends the one before; it keeps sizes growing, and whoever reads the
/// anchors back checks each against the log. There is no administrator, no upgrade and no way to stop it.
contract CheckpointAnchor {
    /// @notice The tree of a log at one size, and when the chain learned of it.
    struct Anchor {
        uint64 size;
        uint64 time;
        uint64 number;
        bytes32 root;
    }

    struct Log {
        address owner;
        address heir;
        Anchor[] anchors;
    }

    mapping(bytes32 origin => Log) private logs;

    /// @notice A checkpoint was anchored; `index` counts those of the origin from 0.
    event Anchored(bytes32 indexed origin, uint256 indexed index, uint64 size, bytes32 root);

    /// @notice Another account goes on with the origin from now.
    event HandedOver(bytes32 indexed origin, address indexed from, address indexed to);

    /// @notice An empty tree proves nothing.
    error Empty();
    /// @notice Another account anchored this origin first.
    error NotOwner(address owner);
    /// @notice This very checkpoint is the latest already.
    error Duplicate(uint64 size);
    /// @notice The latest anchor has this size and another root: one of the two is a fork.
    error Conflict(uint64 size, bytes32 root);
    /// @notice A log never shrinks.
    error Smaller(uint64 latest, uint64 size);
    /// @notice Nobody has offered the origin to this account.
    error NotHeir();
    /// @notice The origin has no anchor with this index.
    error NoSuchAnchor(uint256 count);

    /// @notice Anchors a checkpoint that is larger than the latest one of its origin.
    function anchor(bytes32 origin, uint64 size, bytes32 root) external {
        if (size == 0) revert Empty();
        Log storage log = logs[origin];
        uint256 index = log.anchors.length;
        if (index == 0) {
            log.owner = msg.sender;
        } else {
            if (log.owner != msg.sender) revert NotOwner(log.owner);
            Anchor storage last = log.anchors[index - 1];
            if (size < last.size) revert Smaller(last.size, size);
            if (size == last.size) {
                if (root == last.root) revert Duplicate(size);
                revert Conflict(size, last.root);
            }
        }
        log.anchors.push(Anchor(size, uint64(block.timestamp), uint64(block.number), root));
        emit Anchored(origin, index, size, root);
    }

    /// @notice Offers the origin to another account, which becomes the owner when it takes over.
    function handOver(bytes32 origin, address to) external {
        Log storage log = logs[origin];
        if (log.owner != msg.sender) revert NotOwner(log.owner);
        log.heir = to;
    }

    /// @notice Goes on with an origin that was offered to the caller.
    function takeOver(bytes32 origin) external {
        Log storage log = logs[origin];
        if (log.heir != msg.sender) revert NotHeir();
        emit HandedOver(origin, log.owner, msg.sender);
        log.owner = msg.sender;
        log.heir = address(0);
    }

    /// @notice How many checkpoints of the origin are anchored.
    function count(bytes32 origin) external view returns (uint256) {
        return logs[origin].anchors.length;
    }

    /// @notice The anchor with this index, from 0.
    function anchorAt(bytes32 origin, uint256 index) public view returns (Anchor memory) {
        Anchor[] storage anchors = logs[origin].anchors;
        if (index >= anchors.length) revert NoSuchAnchor(anchors.length);
        return anchors[index];
    }

    /// @notice The newest anchor of the origin; all zero if there is none.
    function latest(bytes32 origin) external view returns (Anchor memory) {
        uint256 length = logs[origin].anchors.length;
        return length == 0 ? Anchor(0, 0, 0, 0) : anchorAt(origin, length - 1);
    }

    /// @notice Who may go on with the origin; zero if nobody has begun.
    function owner(bytes32 origin) external view returns (address) {
        return logs[origin].owner;
    }
}
