// The steps of a client: each is told on stdout as one line of JSON, so that the runner can make a table.
const org = {
  url: process.env.DEMO_URL,
  username: process.env.DEMO_USERNAME,
  password: process.env.DEMO_PASSWORD,
  securityToken: process.env.DEMO_SECURITY_TOKEN,
  clientId: process.env.DEMO_CLIENT_ID,
  clientSecret: process.env.DEMO_CLIENT_SECRET,
  accessToken: process.env.DEMO_ACCESS_TOKEN,
};

const PATIENCE = 60_000;

async function run(steps) {
  for (const [name, work] of Object.entries(steps)) {
    let timer;
    const patience = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE / 1000} s`)), PATIENCE);
    });
    try {
      const saw = await Promise.race([work(), patience]);
      console.log(JSON.stringify({ step: name, ok: true, saw: String(saw) }));
    } catch (error) {
      console.log(JSON.stringify({ step: name, ok: false, saw: String((error && error.stack) || error) }));
    }
    clearTimeout(timer);
  }
  process.exit(0);
}

function check(is, told) {
  if (!is) throw new Error(told);
}

async function refused(promise, code) {
  try {
    await promise;
  } catch (error) {
    const told = [error.errorCode, error.name, error.message, JSON.stringify(error)].join(" ");
    check(told.includes(code), `expected ${code}, got ${told}`);
    return code;
  }
  throw new Error(`expected ${code}, but it was done`);
}

module.exports = { org, run, check, refused };
