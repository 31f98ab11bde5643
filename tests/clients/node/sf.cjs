const { execFile } = require("node:child_process");
const { mkdtempSync, readFileSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { org, run, check } = require("./steps.cjs");

const cli = join(__dirname, "..", "sf", "node_modules", "@salesforce", "cli", "bin", "run.js");
const home = mkdtempSync(join(tmpdir(), "sf-home-"));
const environment = {
  ...process.env,
  HOME: home,
  NODE_OPTIONS: "",
  SF_ACCESS_TOKEN: org.accessToken,
  SF_AUTOUPDATE_DISABLE: "true",
  SF_DISABLE_TELEMETRY: "true",
  SF_DOMAIN_RETRY: "0",
  SF_SKIP_NEW_VERSION_CHECK: "true",
  SF_USE_GENERIC_UNIX_KEYCHAIN: "true",
};
const made = {};

function sf(...words) {
  return new Promise((resolve, reject) => {
    const options = { env: environment, cwd: home, maxBuffer: 100_000_000 };
    execFile(process.execPath, [cli, ...words, "--json"], options, (error, stdout) => {
      try {
        const told = JSON.parse(stdout);
        told.status === 0 ? resolve(told.result) : reject(new Error(`${told.name}: ${told.message}`));
      } catch {
        reject(error || new Error(stdout));
      }
    });
  });
}

function query(soql) {
  return sf("data", "query", "-o", "demo", "-q", soql);
}

async function refused(promise, text) {
  const told = await promise.then(() => "done", (error) => error.message);
  check(told.includes(text), `expected ${text}, got ${told}`);
  return text;
}

run({
  async login() {
    const told = await sf("org", "login", "access-token", "-r", org.url, "-a", "demo", "--no-prompt");
    return told.username;
  },
  async describe() {
    const names = await sf("sobject", "list", "-o", "demo", "--sobject", "all");
    const account = await sf("sobject", "describe", "-o", "demo", "-s", "Account");
    return `${names.length} sObjects, ${account.fields.length} fields of Account`;
  },
  async "query, all pages"() {
    const found = await query("SELECT Id, Account.Name FROM Contact");
    check(found.records.length === found.totalSize, `${found.records.length} of ${found.totalSize}`);
    return `${found.records.length} rows`;
  },
  async "create, read, update, delete"() {
    made.id = (await sf("data", "create", "record", "-o", "demo", "-s", "Account", "-v", "Name='By sf'")).id;
    const named = ["-o", "demo", "-s", "Account", "-i", made.id];
    await sf("data", "update", "record", ...named, "-v", "Industry=Energy");
    check((await sf("data", "get", "record", ...named)).Industry === "Energy", "not updated");
    await sf("data", "delete", "record", ...named);
    return refused(sf("data", "get", "record", ...named), "ENTITY_IS_DELETED").catch(() =>
      refused(sf("data", "get", "record", ...named), "NOT_FOUND"));
  },
  async search() {
    const found = await sf("data", "search", "-o", "demo", "-q", "FIND {Lovelace} RETURNING Contact(Id, Name)");
    check(found.searchRecords.length > 0, "nothing found");
    return `${found.searchRecords.length} found`;
  },
  async "bulk export"() {
    const file = join(home, "contacts.csv");
    await sf("data", "export", "bulk", "-o", "demo", "-q", "SELECT Id, LastName FROM Contact", "--output-file", file, "--wait", "1");
    return `${readFileSync(file, "utf8").trim().split("\n").length - 1} rows`;
  },
  async "bulk import"() {
    const file = join(home, "accounts.csv");
    writeFileSync(file, "Name,Industry\nBy sf 1,Energy\nBy sf 2,Media\n");
    const told = await sf("data", "import", "bulk", "-o", "demo", "-s", "Account", "--file", file, "--wait", "1");
    check(told.processedRecords === 2 && told.failedRecords === 0, JSON.stringify(told));
    return `${told.processedRecords} rows`;
  },
  async limits() {
    const limits = await sf("org", "list", "limits", "-o", "demo");
    return `${limits.find((each) => each.name === "DailyApiRequests").max} calls a day`;
  },
  async errors() {
    return [
      await refused(query("SELECT FROM"), "MALFORMED_QUERY"),
      await refused(query("SELECT Nothing FROM Account"), "INVALID_FIELD"),
      await refused(sf("data", "create", "record", "-o", "demo", "-s", "Account", "-v", "Industry=Energy"), "REQUIRED_FIELD_MISSING"),
    ].join(", ");
  },
  async logout() {
    await sf("org", "logout", "-o", "demo", "--no-prompt");
    return "revoked";
  },
});
