// One reading of a query's rows by a client of node, in a process of its own; `bench_client_query.py` compares.
//
// node query_readers.cjs READER URL CA TOKEN   prints what query_readers.py prints; the authority is trusted
// by NODE_EXTRA_CA_CERTS, and the clients are found by NODE_PATH.
const SOQL =
  "SELECT Id, FirstName, LastName, Email, Phone, Title, Department, MailingCity, MailingCountry, " +
  "CreatedDate, AccountId, Account.Name FROM Contact";
const VERSION = "60.0";

const readers = {
  async jsforce(url, token) {
    const { Connection } = require("jsforce");
    const connection = new Connection({ instanceUrl: url, accessToken: token, version: VERSION });
    let count = 0, length = 0;
    const query = connection.query(SOQL, { autoFetch: true, maxFetch: 1e9 });
    await new Promise((resolve, reject) => {
      query.on("record", (record) => {
        count += 1;
        length += record.Id.length + record.LastName.length + (record.Email || "").length;
      });
      query.on("end", resolve).on("error", reject);
      query.run({ autoFetch: true, maxFetch: 1e9 });
    });
    return [count, length];
  },
  async nforce(url, token) {
    const nforce = require("nforce");
    const connection = nforce.createConnection({
      clientId: "bench", redirectUri: url, apiVersion: `v${VERSION}`, mode: "single", gzip: true,
    });
    connection.oauth = { access_token: token, instance_url: url };
    const { records } = await connection.query({ query: SOQL, fetchAll: true });
    let length = 0;
    for (const record of records) {
      length += record.get("Id").length + record.get("LastName").length + (record.get("Email") || "").length;
    }
    return [records.length, length];
  },
};

async function main(name, url, _, token) {
  let figures;
  // The first time, all of them still load and make what they need.
  for (let turn = 0; turn < 2; turn += 1) {
    const begun = process.hrtime.bigint(), used = process.cpuUsage();
    const [rows, check] = await readers[name](url, token);
    const { user, system } = process.cpuUsage(used);
    const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
    figures = { rows, check, seconds, cpu: (user + system) / 1e6 };
  }
  console.log(JSON.stringify({ ...figures, peak: process.resourceUsage().maxRSS }));
  process.exit(0);
}

main(...process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
