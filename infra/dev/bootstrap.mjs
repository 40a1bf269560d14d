// Every npm script of the repository starts here: plain JavaScript without dependencies, because a fresh clone has none.
// It brings the checkout up to date (dependencies, build, what the command needs) and hands over to the built program.
// Only what an old Node can parse belongs into this file, so that it can say that it is old.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19) || major >= 23) {
  console.error(
    `siaga needs Node 20.19 or later and older than 23, this is ${process.version}: install Node 22 (for example "nvm install 22") and start again`,
  );
  process.exitCode = 1;
} else {
  const { runCommand } = await import('./bootstrap/commands.mjs');
  await runCommand(process.argv[2], process.argv.slice(3));
}
