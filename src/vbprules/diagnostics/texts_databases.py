"""Texts of the findings about databases that tables are read from (B12…)."""

from __future__ import annotations

from vbprules.diagnostics.entry import Entry

DATABASES: dict[str, Entry] = {
    "bad_database_url": Entry(
        "B121",
        "看不懂这个数据库地址“$url”[[：$reason]]",
        'the address of a database "$url" is not understood[[: $reason]]',
        "写成 sqlite:///文件.db、duckdb:///文件.duckdb，或 postgresql://用户:密码@主机/数据库?schema=名称。",
        "Write sqlite:///file.db, duckdb:///file.duckdb, or postgresql://user:password@host/database?schema=name.",
    ),
    "database_driver_missing": Entry(
        "B122",
        "读这种数据库还要装一个包：$package",
        "another package is needed to read this database: $package",
        "pip install 'vbprules[databases]'",
        "pip install 'vbprules[databases]'",
    ),
    "database_unreachable": Entry(
        "B123",
        "打不开数据库“$url”：$reason",
        'the database "$url" cannot be opened: $reason',
        "请检查地址、用户和密码，服务器是否在运行，文件是否完整、是否正被别的程序占用。"
        "PostgreSQL 的密码可以不写在地址里，放在环境变量 PGPASSWORD 或 ~/.pgpass。",
        "Check address, user and password, whether the server runs, whether the file is whole or held by another "
        "program. A password of PostgreSQL can stand in PGPASSWORD or ~/.pgpass instead of the address.",
    ),
    "no_database_file": Entry(
        "B124",
        "没有这个数据库文件“$path”",
        'there is no database file "$path"',
        "三条斜线后面是相对当前文件夹的路径，四条斜线是绝对路径：sqlite:////data/facts.db。没有新建文件。",
        "Three slashes begin a path from the current folder, four an absolute one: sqlite:////data/facts.db. "
        "No file was made.",
    ),
    "no_fitting_table": Entry(
        "B125",
        "数据库里没有一份表以档案的列表命名[[，有的是：$tables]]",
        "no table of the database is named after a list of a dossier[[; there are: $tables]]",
        "[[是不是“$suggestion”？]]表或视图以列表命名：institutions（机构）、purchases（采购）……；"
        "在别的模式（schema）里的，在地址后写 ?schema=名称。",
        '[[Did you mean "$suggestion"? ]]Tables or views are named after lists: institutions, purchases …; '
        "those of another schema are found by ?schema=name behind the address.",
    ),
    "unreadable_relation": Entry(
        "B126",
        "读不了表或视图“$table”：$reason",
        'the table or view "$table" cannot be read: $reason',
        "请在数据库里查询它，看是否有权限、视图是否还成立。没有读完的表一行也不用。",
        "Query it in the database: is it allowed, does the view still hold? Of a table that could not be read to its "
        "end no row is used.",
    ),
    "moment_without_zone": Entry(
        "B127",
        "表“$table”的“$columns”带时区，没有说按哪个时区算是哪一天",
        '"$columns" of the table "$table" has a time zone: the day depends on a zone that is not told',
        "在地址后写 ?timezone=Asia/Shanghai，或在视图里把它变成日期。按错时区会差一天。",
        "Write ?timezone=Asia/Shanghai behind the address, or make it a date in a view. In another zone it is "
        "another day.",
    ),
    "list_in_two_tables": Entry(
        "B128",
        "“$first”和“$second”是同一个列表，不知道用哪一个",
        '"$first" and "$second" are the same list; which is meant is not known',
        "一个若是另一个的视图，合在一起会重复计算。"
        "请只留一个，或把要用的放进一个模式（schema），在地址后写 ?schema=名称。",
        "If one is a view of the other, both together would count twice. Leave one, or put those that are meant into a "
        "schema and write ?schema=name behind the address.",
    ),
}
