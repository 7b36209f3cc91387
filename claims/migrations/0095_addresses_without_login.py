"""Addresses are taken without a login in them; no column changes."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0094_indexes_of_the_desk"),
    ]

    operations = [
        migrations.AlterField(
            model_name="article",
            name="archived_url",
            field=models.URLField(
                blank=True,
                max_length=1000,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[^/]*//[^/?#\\\\]*@",
                        "Leave login and password out of the address.",
                        "login",
                        inverse_match=True,
                    )
                ],
                verbose_name="archived copy",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="url",
            field=models.URLField(
                blank=True,
                max_length=1000,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[^/]*//[^/?#\\\\]*@",
                        "Leave login and password out of the address.",
                        "login",
                        inverse_match=True,
                    )
                ],
                verbose_name="web address",
            ),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="archived_url",
            field=models.URLField(
                blank=True,
                max_length=1000,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[^/]*//[^/?#\\\\]*@",
                        "Leave login and password out of the address.",
                        "login",
                        inverse_match=True,
                    )
                ],
                verbose_name="archived copy",
            ),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="url",
            field=models.URLField(
                max_length=1000,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[^/]*//[^/?#\\\\]*@",
                        "Leave login and password out of the address.",
                        "login",
                        inverse_match=True,
                    )
                ],
                verbose_name="web address",
            ),
        ),
        migrations.AlterField(
            model_name="outcome",
            name="url",
            field=models.URLField(
                blank=True,
                max_length=1000,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[^/]*//[^/?#\\\\]*@",
                        "Leave login and password out of the address.",
                        "login",
                        inverse_match=True,
                    )
                ],
                verbose_name="web address",
            ),
        ),
        migrations.AlterField(
            model_name="outlet",
            name="homepage",
            field=models.URLField(
                blank=True,
                max_length=500,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[^/]*//[^/?#\\\\]*@",
                        "Leave login and password out of the address.",
                        "login",
                        inverse_match=True,
                    )
                ],
            ),
        ),
        migrations.AlterField(
            model_name="readerreport",
            name="url",
            field=models.URLField(
                blank=True,
                max_length=1000,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[^/]*//[^/?#\\\\]*@",
                        "Leave login and password out of the address.",
                        "login",
                        inverse_match=True,
                    )
                ],
                verbose_name="web address",
            ),
        ),
    ]
