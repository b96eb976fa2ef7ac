#!/bin/sh
# Makes the certificates beside it, which `LoopbackTLS` serves: an authority to trust, one key for all servers, and
# a certificate for each thing that may be wrong with one. The key is public, for it is for tests only; the
# authority's own is thrown away, so that nobody can sign with it.
#
#   sh Tests/Support/Certificates/make-certificates.sh     makes all of them anew
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

here='DNS:localhost,DNS:files.osf.io,DNS:storage.example.org,DNS:*.test.example,IP:127.0.0.1,IP:::1'
elsewhere='DNS:other.example.org'

cat >"$work/ca.cnf" <<END
[ca]
default_ca = loopback
[loopback]
database = $work/index
serial = $work/serial
new_certs_dir = $work
default_md = sha256
policy = policy
unique_subject = no
[policy]
commonName = supplied
[req]
distinguished_name = name
[name]
END

cat >"$work/authority.ext" <<END
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
END

server_extensions() { # the names that the certificate is for
  cat <<END
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = $1
END
}
server_extensions "$here" >"$work/here.ext"
server_extensions "$elsewhere" >"$work/elsewhere.ext"

new_key() { # a file
  openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt >"$1"
}

sign() { # a file, a common name, the key, extensions, first day, last day, then how it is signed
  file=$1 name=$2 key=$3 extensions=$4 first=$5 last=$6
  shift 6
  openssl req -config "$work/ca.cnf" -new -key "$key" -subj "/CN=$name" -out "$work/request"
  openssl rand -hex 16 | sed 's/^./4/' >"$work/serial"
  : >"$work/index"
  openssl ca -config "$work/ca.cnf" -batch -notext -in "$work/request" -out "$file" -extfile "$work/$extensions.ext" \
    -startdate "${first}000000Z" -enddate "${last}000000Z" "$@" 2>"$work/told" || { cat "$work/told" >&2; exit 1; }
}

new_key "$work/authority.key"
new_key server.key.pem
by_authority="-cert authority.pem -keyfile $work/authority.key"

sign authority.pem 'LoopbackOSF test authority' "$work/authority.key" authority 20180101 21200101 \
  -selfsign -keyfile "$work/authority.key"
# shellcheck disable=SC2086 # the words are options
{
  sign trusted.pem 'LoopbackOSF' server.key.pem here 20200101 21200101 $by_authority
  sign wrong-name.pem 'LoopbackOSF elsewhere' server.key.pem elsewhere 20200101 21200101 $by_authority
  sign expired.pem 'LoopbackOSF of old' server.key.pem here 20180101 20200101 $by_authority
}
sign unknown-authority.pem 'LoopbackOSF by itself' server.key.pem here 20200101 21200101 \
  -selfsign -keyfile server.key.pem
