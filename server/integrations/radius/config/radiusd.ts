import { conninfo } from "./conninfo";
import { type Listeners, virtualServer } from "./server";
import { sqlModule } from "./sql-module";

export interface RadiusConfig extends Listeners {
  /** Absolute; the daemon reads nothing outside it but the dictionaries and modules of its own package. */
  readonly dir: string;
  /** Database URL of the radius role. */
  readonly databaseUrl: string;
  /** Where our own questions come from, and the secret they share with the daemon. */
  readonly probeAddress: string;
  readonly probeSecret: string;
}

export const passwordFile = (dir: string) => `${dir}/database-password`;

/** `radiusd.conf`, whole. */
export function radiusdConf(config: RadiusConfig): string {
  const { dir } = config;
  return `prefix = /usr
libdir = /usr/lib/freeradius
name = radiusd
raddbdir = ${dir}
confdir = ${dir}
logdir = ${dir}
run_dir = ${dir}
db_dir = ${dir}
modconfdir = ${dir}
certdir = ${dir}
pidfile = ${dir}/radiusd.pid
max_request_time = 5
cleanup_delay = 5
max_requests = 16384
hostname_lookups = no
log {
	destination = stdout
	auth = no
}
security {
	allow_core_dumps = no
	max_attributes = 200
	reject_delay = 1
	status_server = yes
}
thread pool {
	start_servers = 2
	max_servers = 8
	min_spare_servers = 1
	max_spare_servers = 3
	max_requests_per_server = 0
	auto_limit_acct = no
}
client uzel {
	ipaddr = ${config.probeAddress}
	secret = "${config.probeSecret}"
	require_message_authenticator = no
}
modules {
	always ok {
		rcode = ok
	}
	always reject {
		rcode = reject
	}
	always handled {
		rcode = handled
	}
	expr {
	}
	pap {
	}
	chap {
	}
	mschap {
	}
	preprocess {
	}
	attr_filter attr_filter.access_reject {
		key = "%{User-Name}"
		filename = ${dir}/access_reject
	}
	${sqlModule(conninfo(config.databaseUrl, passwordFile(dir)), config.probeAddress)}
}
${virtualServer(config)}
`;
}

/** What may stand in an Access-Reject; anything else (speeds, addresses, the service's id) is cut. */
export const ACCESS_REJECT = `DEFAULT
	EAP-Message =* ANY,
	State =* ANY,
	Message-Authenticator =* ANY,
	Error-Cause =* ANY,
	Reply-Message =* ANY,
	MS-CHAP-Error =* ANY,
	Proxy-State =* ANY
`;

export const DICTIONARY = "$INCLUDE /usr/share/freeradius/dictionary\n";
