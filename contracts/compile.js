// SPDX-License-Identifier: Apache-2.0
// Prints what solc makes of CheckpointAnchor.sol; with a path, writes it there.
const fs = require('fs');
const path = require('path');
const solc = require('solc');

const name = 'CheckpointAnchor';
const file = `${name}.sol`;
const settings = {
  evmVersion: 'cancun',
  optimizer: { enabled: true, runs: 200 },
  // No hash of the metadata, so that the bytes depend on the code alone and not on its comments.
  metadata: { bytecodeHash: 'none', appendCBOR: false },
  outputSelection: { [file]: { [name]: ['abi', 'evm.bytecode.object'] } },
};
const content = fs.readFileSync(path.join(__dirname, file), 'utf8');
const input = { language: 'Solidity', sources: { [file]: { content } }, settings };
const output = JSON.parse(solc.compile(JSON.stringify(input)));
if (output.errors) {
  output.errors.forEach(error => console.error(error.formattedMessage));
  process.exit(1);
}
const { abi, evm } = output.contracts[file][name];
const lines = abi.map(entry => `    ${JSON.stringify(entry)}`).join(',\n');
const compiled = `{
  "contract": "${name}",
  "compiler": "solc ${solc.version()}",
  "bytecode": "0x${evm.bytecode.object}",
  "abi": [
${lines}
  ]
}
`;
if (process.argv[2]) fs.writeFileSync(process.argv[2], compiled);
else process.stdout.write(compiled);
