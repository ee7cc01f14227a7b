CREATE SCHEMA teli_iac_ledger;

SET LOCAL search_path TO teli_iac_ledger;
CREATE TABLE format (version integer NOT NULL);
CREATE TABLE binding (
  ledger text PRIMARY KEY, origin text NOT NULL, organization_id text NOT NULL, tenant_id text NOT NULL,
  project text NOT NULL, key_check text NOT NULL
);
CREATE TABLE head (ledger text PRIMARY KEY REFERENCES binding, version bigint NOT NULL, link bytea NOT NULL);
CREATE TABLE lease (
  ledger text PRIMARY KEY REFERENCES binding, token bigint NOT NULL, holder text NOT NULL,
  expires text NOT NULL
);
CREATE TABLE events (
  ledger text REFERENCES binding, sequence bigint, at text NOT NULL, event text NOT NULL,
  link bytea NOT NULL, PRIMARY KEY (ledger, sequence)
);
CREATE TABLE people (
  ledger text REFERENCES binding, ref text, records bytea NOT NULL, PRIMARY KEY (ledger, ref)
);
INSERT INTO format SELECT ('(1)'::format).*;
INSERT INTO binding SELECT ('(acme,https://api.teli.ai,1762896364768x389173798861431550,acme,acme,067d21ab0da2bc304d0c81afa9dd50b2)'::binding).*;
INSERT INTO head SELECT (E'(acme,27,"\\\\x5f5945fa395f2415e5fae50b8f35332f")'::head).*;
INSERT INTO lease SELECT ('(acme,1,"",2026-11-24T12:01:00Z)'::lease).*;
INSERT INTO events SELECT (E'(acme,1,2026-11-24T12:00:00Z,"{""again"":0,""begin"":""2026-11-24T12:10:00.000005Z"",""campaign_id"":""acme_fall_r1p1_abcdefghijkl"",""digest"":""abcdefghijkl"",""end"":""2026-12-01T12:00:00Z"",""kind"":""launch_intended"",""name"":""fall"",""part"":1,""people"":""cc764889f18e5279de6868ee7449655b"",""people_count"":2,""run"":1,""settings"":{""agent_outbound_number"":""+14155550110"",""begin"":null,""end"":""2026-12-01T12:00:00Z"",""number_pool"":[""+14155550111"",""+14155550112""],""redial"":{""call_interval_days"":1,""retry_limit"":3},""voice_agent_id"":""agent_86f826bf8f59bacd5c10ae948a""},""version"":1}","\\\\xbe5b54dcb1ae19e836ad3e82be4646fc")'::events).*;
INSERT INTO events SELECT (E'(acme,2,2026-11-24T12:00:00Z,"{""again"":0,""begin"":""2026-11-24T12:10:00.000005Z"",""campaign_id"":""acme_lapsing_r1p1_abcdefghijkl"",""digest"":""abcdefghijkl"",""end"":""2026-12-01T12:00:00Z"",""kind"":""launch_intended"",""name"":""lapsing"",""part"":1,""people"":""cc764889f18e5279de6868ee7449655b"",""people_count"":2,""run"":1,""settings"":{""agent_outbound_number"":""+14155550110"",""begin"":null,""end"":""2026-12-01T12:00:00Z"",""number_pool"":[""+14155550111"",""+14155550112""],""redial"":{""call_interval_days"":1,""retry_limit"":3},""voice_agent_id"":""agent_86f826bf8f59bacd5c10ae948a""},""version"":1}","\\\\xeb848dd6d6c0cea4b043d4aa05bb92d9")'::events).*;
INSERT INTO events SELECT (E'(acme,3,2026-11-24T12:00:00Z,"{""again"":0,""begin"":""2026-11-24T12:10:00.000005Z"",""campaign_id"":""acme_void_r1p1_abcdefghijkl"",""digest"":""abcdefghijkl"",""end"":""2026-12-01T12:00:00Z"",""kind"":""launch_intended"",""name"":""void"",""part"":1,""people"":""cc764889f18e5279de6868ee7449655b"",""people_count"":2,""run"":1,""settings"":{""agent_outbound_number"":""+14155550110"",""begin"":null,""end"":""2026-12-01T12:00:00Z"",""number_pool"":[""+14155550111"",""+14155550112""],""redial"":{""call_interval_days"":1,""retry_limit"":3},""voice_agent_id"":""agent_86f826bf8f59bacd5c10ae948a""},""version"":1}","\\\\x502425c95498aab81c7cb30e15409b50")'::events).*;
INSERT INTO events SELECT (E'(acme,4,2026-11-24T12:00:00Z,"{""begin"":null,""campaign_id"":""acme_found_r1p1_abcdefghijkl"",""digest"":""abcdefghijkl"",""end"":""2026-12-01T12:00:00Z"",""kind"":""adopted"",""name"":""found"",""part"":1,""people"":""cc764889f18e5279de6868ee7449655b"",""people_count"":2,""run"":1,""settings"":{""agent_outbound_number"":""+14155550110"",""begin"":null,""end"":""2026-12-01T12:00:00Z"",""number_pool"":[""+14155550111"",""+14155550112""],""redial"":{""call_interval_days"":1,""retry_limit"":3},""voice_agent_id"":""agent_86f826bf8f59bacd5c10ae948a""},""version"":1}","\\\\x2693bf2579fa156284418e193e104fbd")'::events).*;
INSERT INTO events SELECT (E'(acme,5,2026-11-24T12:00:00Z,"{""campaign_id"":""acme_fall_r1p1_abcdefghijkl"",""kind"":""launched"",""looked_up"":true,""version"":1}","\\\\x0d37cfb2c59c715838592176ea914851")'::events).*;
INSERT INTO events SELECT (E'(acme,6,2026-11-24T12:00:00Z,"{""campaign_id"":""acme_fall_r1p1_abcdefghijkl"",""kind"":""verified"",""version"":1}","\\\\x1eebbce3517f1dcd9762dd550b5543a0")'::events).*;
INSERT INTO events SELECT (E'(acme,7,2026-11-24T12:00:00Z,"{""campaign_id"":""acme_void_r1p1_abcdefghijkl"",""http_status"":null,""kind"":""intent_voided"",""version"":1,""why"":""not_sent""}","\\\\x8980905fd8577a2d2a2ebda2761ad637")'::events).*;
INSERT INTO events SELECT (E'(acme,8,2026-11-24T12:00:00Z,"{""campaign_id"":""acme_lapsing_r1p1_abcdefghijkl"",""kind"":""intent_lapsed"",""version"":1}","\\\\x57ff103ca1e46bed5787dd1e8105aece")'::events).*;
INSERT INTO events SELECT (E'(acme,9,2026-11-24T12:00:00Z,"{""campaign_id"":""acme_lapsing_r1p1_abcdefghijkl"",""kind"":""appeared"",""version"":1}","\\\\x1cb726f098a291bc5e6194e8447526ea")'::events).*;
INSERT INTO events SELECT (E'(acme,10,2026-11-24T12:00:00Z,"{""kind"":""governed"",""name"":""fall"",""on_remove"":""retain"",""version"":1}","\\\\x62f51d1359e3b1beb05607e1941a5c73")'::events).*;
INSERT INTO events SELECT (E'(acme,11,2026-11-24T12:00:00Z,"{""campaign_id"":""acme_fall_r1p1_abcdefghijkl"",""faults"":[""contacts_count is 1, sent were 2""],""kind"":""verification_failed"",""version"":1}","\\\\x22fe468ce89276cc67359ea6c72f4c47")'::events).*;
INSERT INTO events SELECT (E'(acme,12,2026-11-24T12:00:00Z,"{""campaign_id"":""acme_fall_r1p1_abcdefghijkl"",""kind"":""intent_settled"",""settlement"":""adopt"",""version"":1}","\\\\x591b3b862bcce04ae83444615720e8a8")'::events).*;
INSERT INTO events SELECT (E'(acme,13,2026-11-24T12:00:00Z,"{""campaign_id"":""acme_fall_r1p1_abcdefghijkl"",""kind"":""paused"",""version"":1}","\\\\x548efb184c3aca7bb1e13a6a76d2865d")'::events).*;
INSERT INTO events SELECT (E'(acme,14,2026-11-24T12:00:00Z,"{""campaign_id"":""acme_fall_r1p1_abcdefghijkl"",""kind"":""finished"",""status"":""completed"",""version"":1}","\\\\x5fd8dc42628c102d41f3d6643ee45b9c")'::events).*;
INSERT INTO events SELECT (E'(acme,15,2026-11-24T12:00:00Z,"{""campaign_id"":""acme_fall_r1p1_abcdefghijkl"",""kind"":""ended"",""version"":1}","\\\\xe2891308592dac245fc247cf856bc38e")'::events).*;
INSERT INTO events SELECT (E'(acme,16,2026-11-24T12:00:00Z,"{""campaign_id"":""acme_fall_r1p1_abcdefghijkl"",""kind"":""vanished"",""version"":1}","\\\\xcf54059bdcce3e89cbbb832e2cc75062")'::events).*;
INSERT INTO events SELECT (E'(acme,17,2026-11-24T12:00:00Z,"{""campaign_id"":""acme_fall_r1p1_abcdefghijkl"",""kind"":""deleted"",""version"":1}","\\\\xe32cc8b6b350619203274fc3e6e7d906")'::events).*;
INSERT INTO events SELECT (E'(acme,18,2026-11-24T12:00:00Z,"{""kind"":""left"",""name"":""fall"",""version"":1}","\\\\x95884bf18baa8f44bc2b39a41131492d")'::events).*;
INSERT INTO events SELECT (E'(acme,19,2026-11-24T12:00:00Z,"{""campaign_id"":""acme_fall_r1p1_abcdefghijkl"",""kind"":""resumed"",""version"":1}","\\\\xe3020b0bfcb369724ae575aabee74717")'::events).*;
INSERT INTO events SELECT (E'(acme,20,2026-11-24T12:00:00Z,"{""campaign_id"":""acme_fall_r1p1_abcdefghijkl"",""kind"":""release_intended"",""version"":1}","\\\\x00a1ced21c57fbc5a27b2b1c1f7cb3ec")'::events).*;
INSERT INTO events SELECT (E'(acme,21,2026-11-24T12:00:00Z,"{""campaign_id"":""acme_fall_r1p1_abcdefghijkl"",""kind"":""uncontacted_read"",""people"":""cc764889f18e5279de6868ee7449655b"",""version"":1}","\\\\xb92c8504988e7379d559ab0ca8731123")'::events).*;
INSERT INTO events SELECT (E'(acme,22,2026-11-24T12:00:00Z,"{""campaign_id"":""acme_fall_r1p1_abcdefghijkl"",""kind"":""released"",""people"":""cc764889f18e5279de6868ee7449655b"",""version"":1}","\\\\x39dfb59ea04a9df6a7b4d8a278818b95")'::events).*;
INSERT INTO events SELECT (E'(acme,23,2026-11-24T12:00:00Z,"{""after"":""autumn"",""before"":""fall"",""kind"":""renamed"",""version"":1}","\\\\xf9a1b64512e320fdd4b6c0e2a5c61d81")'::events).*;
INSERT INTO events SELECT (E'(acme,24,2026-11-24T12:00:00Z,"{""kind"":""plan_consumed"",""nonce"":""a nonce"",""plan_digest"":""0123456789abcdef"",""version"":1}","\\\\xa30239a4ffadf36166b7e4dfe0ac5dae")'::events).*;
INSERT INTO events SELECT (E'(acme,25,2026-11-24T12:00:00Z,"{""begin"":""2026-11-24T12:00:00Z"",""campaign_id"":""vc 1"",""end"":null,""kind"":""imported"",""name"":""fall"",""part"":1,""people_count"":3,""run"":1,""version"":1,""voice_agent_id"":""agent_a""}","\\\\xa7f19ac848ceb2d8042c7002eecff5ef")'::events).*;
INSERT INTO events SELECT (E'(acme,26,2026-11-24T12:00:00Z,"{""kind"":""moved"",""place"":""git"",""version"":1}","\\\\x1ebf36c7a28158ef59564bbbd20435a0")'::events).*;
INSERT INTO events SELECT (E'(acme,27,2026-11-24T12:00:00Z,"{""kind"":""arrived"",""place"":""git"",""version"":1}","\\\\x5f5945fa395f2415e5fae50b8f35332f")'::events).*;
INSERT INTO people SELECT (E'(acme,cc764889f18e5279de6868ee7449655b,"\\\\x2420b07e3358bc04fc3f84456f77886d3dbe10866c3608fb3db72a983497f1289ceb36acf7221c54")'::people).*;
