/** Requests that carry it ask about access without being a session: no session limit, no trace among logins. */
export const PROBE_IDENTIFIER = "uzel-probe";

export interface Listeners {
  /** Address the daemon listens on; `*` = all. */
  readonly listen: string;
  readonly authPort: number;
  readonly acctPort: number;
}

/** The virtual server: what is done with a request, in the order FreeRADIUS runs it. */
export function virtualServer({ listen, authPort, acctPort }: Listeners): string {
  return `server default {
	listen {
		type = auth
		ipaddr = ${listen}
		port = ${authPort}
	}
	listen {
		type = acct
		ipaddr = ${listen}
		port = ${acctPort}
	}
	authorize {
		preprocess
		chap
		mschap
		sql {
			fail = 1
		}
		# The database is away: stay silent, so that the NAS keeps its sessions or asks the second server. The default
		# would be an Access-Reject for a paying subscriber.
		if (fail) {
			update control {
				&Response-Packet-Type := Do-Not-Respond
			}
			handled
		}
		if (notfound) {
			reject
		}
		if (&NAS-Identifier == "${PROBE_IDENTIFIER}") {
			update control {
				&Simultaneous-Use !* ANY
			}
		}
		pap
	}
	authenticate {
		Auth-Type PAP {
			pap
		}
		Auth-Type CHAP {
			chap
		}
		Auth-Type MS-CHAP {
			mschap
		}
	}
	session {
		sql
	}
	preacct {
		preprocess
		update request {
			&Acct-Unique-Session-Id := "%{md5:%{User-Name},%{Acct-Session-Id},%{%{NAS-IPv6-Address}:-%{NAS-IP-Address}},%{NAS-Port}}"
		}
	}
	accounting {
		sql
		# Nothing to close is an answer too: without one the NAS repeats for ever.
		if (noop) {
			ok
		}
	}
	post-auth {
		if (!&NAS-Identifier || &NAS-Identifier != "${PROBE_IDENTIFIER}") {
			# A login that cannot be written down is still a login.
			sql {
				fail = 1
			}
		}
		ok
		Post-Auth-Type REJECT {
			if (!&NAS-Identifier || &NAS-Identifier != "${PROBE_IDENTIFIER}") {
				sql {
					fail = 1
				}
			}
			attr_filter.access_reject
			# A refusal is held back for a second against guessing; the probe guesses nothing.
			if (&NAS-Identifier == "${PROBE_IDENTIFIER}") {
				update reply {
					&FreeRADIUS-Response-Delay := 0
				}
			}
		}
	}
}`;
}
