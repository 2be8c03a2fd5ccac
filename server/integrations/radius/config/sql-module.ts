const NAS = "%{%{NAS-IPv6-Address}:-%{NAS-IP-Address}}";
const NOW = "%{%{integer:Event-Timestamp}:-%l}";
const octets = (way: "Input" | "Output") =>
  `(('%{%{Acct-${way}-Gigawords}:-0}'::bigint << 32) + '%{%{Acct-${way}-Octets}:-0}'::bigint)`;

/**
 * One statement for Start, Interim-Update and Stop, in whatever order they come and however often. The answer to the NAS
 * depends on a row being touched, so a repeat updates too; a session that is already known is the one with the same key and
 * a start within five minutes (the start is computed by the NAS and wobbles), any other is a reused key. Counters never go
 * down, a closed session stays closed.
 */
const RECORD_SESSION = `
INSERT INTO radius.radacct (acctkey, acctuniqueid, acctsessionid, username, nasipaddress, nasportid, acctstarttime,
  acctupdatetime, acctstoptime, acctsessiontime, acctinputoctets, acctoutputoctets, calledstationid, callingstationid,
  framedipaddress, acctterminatecause, class)
SELECT p.key, COALESCE((SELECT r.acctuniqueid FROM radius.radacct r WHERE r.acctkey = p.key AND r.acctstarttime BETWEEN
    p.started - interval '5 minutes' AND p.started + interval '5 minutes' ORDER BY r.acctstarttime DESC LIMIT 1),
    p.key || ':' || EXTRACT(epoch FROM p.started)::bigint),
  '%{Acct-Session-Id}', '%{SQL-User-Name}', '${NAS}', NULLIF('%{%{NAS-Port-Id}:-%{NAS-Port}}', ''), p.started, p.at,
  CASE '%{Acct-Status-Type}' WHEN 'Stop' THEN p.at END, p.seconds, ${octets("Input")}, ${octets("Output")},
  '%{Called-Station-Id}', '%{Calling-Station-Id}', NULLIF('%{Framed-IP-Address}', '')::inet,
  NULLIF('%{Acct-Terminate-Cause}', ''), NULLIF('%{Class}', '')
FROM (SELECT '%{Acct-Unique-Session-Id}' AS key, TO_TIMESTAMP(${NOW}) AS at,
  TO_TIMESTAMP(${NOW} - %{%{Acct-Session-Time}:-0}) AS started, %{%{Acct-Session-Time}:-0} AS seconds) p
ON CONFLICT (acctuniqueid) DO UPDATE SET heardat = now(),
  acctupdatetime = GREATEST(radacct.acctupdatetime, EXCLUDED.acctupdatetime),
  acctstoptime = COALESCE(radacct.acctstoptime, EXCLUDED.acctstoptime),
  acctsessiontime = GREATEST(radacct.acctsessiontime, EXCLUDED.acctsessiontime),
  acctinputoctets = GREATEST(radacct.acctinputoctets, EXCLUDED.acctinputoctets),
  acctoutputoctets = GREATEST(radacct.acctoutputoctets, EXCLUDED.acctoutputoctets),
  framedipaddress = COALESCE(EXCLUDED.framedipaddress, radacct.framedipaddress),
  acctterminatecause = COALESCE(radacct.acctterminatecause, EXCLUDED.acctterminatecause),
  class = COALESCE(radacct.class, EXCLUDED.class)`;

/** A NAS that has restarted has no sessions left. */
const CLOSE_SESSIONS_OF_NAS = `
UPDATE radius.radacct SET acctstoptime = now(), acctupdatetime = now(), heardat = now(), acctterminatecause = 'NAS-Reboot'
WHERE acctstoptime IS NULL AND nasipaddress = '${NAS}'`;

/**
 * Sessions that count against «one at a time»: heard of lately (a NAS that vanished leaves open ones behind), and not of
 * this very device (a router whose Stop was lost may come back).
 */
const COUNT_SESSIONS = `
SELECT COUNT(*) FROM radius.radacct WHERE username = '%{SQL-User-Name}' AND acctstoptime IS NULL
AND heardat > now() - interval '20 minutes' AND callingstationid <> '%{Calling-Station-Id}'`;

/** Stock configurations store the typed password here; this one does not. */
const RECORD_ANSWER = `
INSERT INTO radius.radpostauth (username, reply, calledstationid, callingstationid)
VALUES ('%{SQL-User-Name}', '%{reply:Packet-Type}', '%{Called-Station-Id}', '%{Calling-Station-Id}')`;

const attributesFrom = (view: string) =>
  `SELECT id, username, attribute, value, op FROM radius.${view} WHERE username = '%{SQL-User-Name}' ORDER BY id`;

/** The module that reads the views and writes accounting. `probeAddress` is a client of its own, not a NAS of the table. */
export function sqlModule(connection: string, probeAddress: string): string {
  return `sql {
	dialect = "postgresql"
	driver = "rlm_sql_postgresql"
	radius_db = ${quoted(connection)}
	read_clients = yes
	client_table = "nas"
	read_groups = no
	read_profiles = no
	sql_user_name = "%{User-Name}"
	group_attribute = "SQL-Group"
	pool {
		start = 0
		min = 0
		max = 8
		spare = 2
		uses = 0
		retry_delay = 1
		lifetime = 0
		idle_timeout = 60
		connect_timeout = 2
	}
	client_query = ${query(`SELECT id, nasname, shortname, type, secret, server FROM radius.nas WHERE nasname <> '${probeAddress}'`)}
	group_membership_query = ${query("SELECT groupname FROM radius.radusergroup WHERE username = '%{SQL-User-Name}'")}
	authorize_check_query = ${query(attributesFrom("radcheck"))}
	authorize_reply_query = ${query(attributesFrom("radreply"))}
	simul_count_query = ${query(COUNT_SESSIONS)}
	accounting {
		reference = "%{tolower:type.%{Acct-Status-Type}.query}"
		type {
			start {
				query = ${query(RECORD_SESSION)}
			}
			interim-update {
				query = "\${..start.query}"
			}
			stop {
				query = "\${..start.query}"
			}
			accounting-on {
				query = ${query(CLOSE_SESSIONS_OF_NAS)}
			}
			accounting-off {
				query = "\${..accounting-on.query}"
			}
		}
	}
	post-auth {
		query = ${query(RECORD_ANSWER)}
	}
}`;
}

function query(text: string): string {
  return `"${text.trim().replace(/\s+/g, " ")}"`;
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&")}"`;
}
