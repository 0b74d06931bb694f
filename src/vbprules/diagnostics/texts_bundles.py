"""Texts of the findings about bundles and pins (G)."""

from __future__ import annotations

from vbprules.diagnostics.entry import Entry

_AGAIN_ZH = "请向制作的一方重新取得这个文件，并核对它的 SHA-256 或签名；不要修补。"
_AGAIN_EN = "Get the file anew from whoever made it and check its SHA-256 or signature; do not repair it."

BUNDLES: dict[str, Entry] = {
    "bundle_too_big": Entry(
        "G101",
        "政策包或政策文件超过 $limit 字节，没有读",
        "the bundle or policy file is larger than $limit bytes and was not read",
        "政策包只装政策、裁断、地方日历和案例；请看是不是给错了文件。",
        "A bundle holds a policy, rulings, a local calendar and cases only; see whether another file was meant.",
    ),
    "bundle_broken": Entry(
        "G102",
        "政策包的写法不对或已损坏：第 $offset 个字节（共 $size 个）起与规定的写法不同",
        "the bundle is damaged or not in its one form: it differs from byte $offset on (of $size)",
        f"压缩、加密、注释、链接、附加内容、改动或截断都不接受。{_AGAIN_ZH}",
        f"Compression, encryption, comments, links, additions, changes and cuts are refused. {_AGAIN_EN}",
    ),
    "bundle_entry": Entry(
        "G103",
        "政策包里有不该有的文件“$name”",
        'the bundle has a file "$name" that has no place in it',
        "只能有 manifest.json、policy.yaml、rulings.yaml、calendar.yaml、cases/001.yaml 等，且都列在清单里。"
        f"{_AGAIN_ZH}",
        "It may have manifest.json, policy.yaml, rulings.yaml, calendar.yaml and cases/001.yaml … only, all of them in "
        f"the manifest. {_AGAIN_EN}",
    ),
    "bundle_entry_twice": Entry(
        "G104",
        "政策包里有两个“$name”",
        'the bundle has two files "$name"',
        f"两个里面用哪一个，不同的程序答案不同，所以不接受。{_AGAIN_ZH}",
        f"Programs differ in which of the two they take, so neither is. {_AGAIN_EN}",
    ),
    "bundle_lacks": Entry(
        "G105",
        "政策包里缺“$name”",
        'the bundle lacks the file "$name"',
        _AGAIN_ZH,
        _AGAIN_EN,
    ),
    "bundle_digest": Entry(
        "G106",
        "“$name”与清单不符：清单写 $stated，实为 $found",
        '"$name" is not what the manifest says: stated $stated, found $found',
        _AGAIN_ZH,
        _AGAIN_EN,
    ),
    "bundle_manifest_form": Entry(
        "G107",
        "清单从这里起不是规定的写法",
        "from here on the manifest is not in its one form",
        f"同样的内容只有一种写法，签名和校验值才有意义。清单由 vbprules bundle make 写出，不手改。{_AGAIN_ZH}",
        f"The same content has one form, or digests and signatures would mean little. {_AGAIN_EN}",
    ),
    "bundle_form_unknown": Entry(
        "G108",
        "政策包的格式是第 $value 版，这里只认得第 $known 版",
        "the form of the bundle is version $value; version $known is known here",
        "请用制作它的那个版本的 vbprules，或重新制作。",
        "Use the vbprules with which it was made, or make it anew.",
    ),
    "bundle_value": Entry(
        "G109",
        "清单里“$value”不能作 $what",
        '"$value" in the manifest cannot be $what',
        _AGAIN_ZH,
        _AGAIN_EN,
    ),
    "bundle_states": Entry(
        "G110",
        "清单说 $what 是 $stated，政策文件是 $found",
        "the manifest states $what $stated; the policy file has $found",
        _AGAIN_ZH,
        _AGAIN_EN,
    ),
    "bundle_other_library": Entry(
        "G111",
        "政策包由 vbprules $there 编译并试过，这里是 $here",
        "the bundle was compiled and tested with vbprules $there; this is $here",
        "装上那个版本；或用这个版本运行案例，核对后重新制作并重新签名。",
        "Install that version; or run the cases with this one, look at what changed, make the bundle anew and sign it.",
    ),
    "bundle_other_calendar": Entry(
        "G112",
        "政策包依据的工作日安排是 $there，这里是 $here",
        "the bundle rests on the working days $there; here they are $here",
        "安排不同，期限的末日可能不同。装上那个版本，或核对后重新制作。",
        "With other working days the last day of a term may differ. Install that version, or make the bundle anew.",
    ),
    "bundle_own": Entry(
        "G113",
        "政策来自政策包，$what 由它定，不能另给",
        "the policy comes in a bundle, which settles the $what; others cannot be given",
        "去掉另给的；要用别的裁断或日历，就制作另一个政策包。",
        "Leave them out; for other rulings or another calendar make another bundle.",
    ),
    "bundle_not_here": Entry(
        "G114",
        "这里用的是政策文件，不是政策包：$name",
        "a policy file is used here, not a bundle: $name",
        "政策包里的裁断和日历在这里不起作用；请改用政策文件（unzip 可取出 policy.yaml）。",
        "Its rulings and calendar would not count here; give the policy file (unzip takes policy.yaml out).",
    ),
    "bundle_case_fails": Entry(
        "G115",
        "案例不符：$name",
        "a case does not hold: $name",
        "政策包写明案例都已相符，所以没有制作。请用 vbprules test 看是哪里不符。",
        "A bundle states that its cases hold, so none was made. See `vbprules test` for what differs.",
    ),
    "bundle_too_many_cases": Entry(
        "G116",
        "案例文件有 $count 份，至多 $limit 份",
        "there are $count case files; at most $limit go into a bundle",
        "请合并案例文件。",
        "Merge case files.",
    ),
    "bad_pin": Entry(
        "G121",
        "“$text”不是校验值",
        '"$text" is no pin',
        "写成 sha256: 加 64 位十六进制数，即文件的 SHA-256（sha256sum 文件）。",
        "Write sha256: and 64 hexadecimal digits, the SHA-256 of the file (sha256sum FILE).",
    ),
    "other_pin": Entry(
        "G122",
        "不是指定的文件：指定 $pin，这个是 $found",
        "this is not the file that was pinned: pinned $pin, this is $found",
        "在弄清文件为何不同之前，不要改校验值。政策文件的校验值是收据里的 policy_sha256，政策包的是 bundle。",
        "Find out why the file differs before you change the pin. Of a policy file it is the receipt's policy_sha256, "
        "of a bundle its `bundle`.",
    ),
    "no_ssh_keygen": Entry(
        "G131",
        "没有可用的 ssh-keygen（OpenSSH 8.2 以上），不能核对签名[[：$reason]]",
        "there is no usable ssh-keygen (OpenSSH 8.2 or later), so the signature cannot be checked[[: $reason]]",
        "装上 OpenSSH；没有核对过的签名不算数。",
        "Install OpenSSH; a signature that was not checked counts for nothing.",
    ),
    "signature_refused": Entry(
        "G132",
        "签名不是 $signer 对这个文件所作的有效签名[[：$reason]]",
        "this is no valid signature of $signer for this file[[: $reason]]",
        "可能是文件改过、签名者不对、密钥不在名单里、已过期或已撤销。请向签名的一方核实，不要先用这个文件。",
        "The file may be altered, the signer another, the key unknown, expired or revoked. Ask the signer before use.",
    ),
}
